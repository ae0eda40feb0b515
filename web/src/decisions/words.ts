import { en } from '../messages/decisions/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('decisions', en)

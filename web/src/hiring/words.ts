import { en } from '../messages/hiring/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('hiring', en)

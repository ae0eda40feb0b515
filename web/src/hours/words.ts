import { en } from '../messages/hours/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('hours', en)

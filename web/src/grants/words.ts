import { en } from '../messages/grants/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('grants', en)

import { en } from '../messages/interviews/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('interviews', en)

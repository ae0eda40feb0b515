import { en } from '../messages/pairings/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('pairings', en)

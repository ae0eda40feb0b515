import { en } from '../messages/reel/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('reel', en)

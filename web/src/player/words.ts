import { en } from '../messages/player/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('player', en)

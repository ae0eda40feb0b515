import { spoken } from '../messages/spoken.ts'
import { en } from '../messages/watch/en.ts'

export const say = spoken('watch', en)

import { en } from '../messages/guest/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('guest', en)

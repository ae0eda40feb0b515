import { en } from '../messages/channels/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('channels', en)

import { spoken } from '../messages/spoken.ts'
import { en } from '../messages/updates/en.ts'

export const say = spoken('updates', en)

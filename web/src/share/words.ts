import { en } from '../messages/share/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('share', en)

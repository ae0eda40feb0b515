import { en } from '../messages/recorder/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('recorder', en)

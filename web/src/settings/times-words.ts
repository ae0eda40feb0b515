import { en } from '../messages/settings-times/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('settings-times', en)

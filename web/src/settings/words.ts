import { en } from '../messages/settings/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('settings', en)

import { en } from '../messages/settings-security/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('settings-security', en)

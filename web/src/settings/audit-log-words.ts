import { en } from '../messages/settings-audit/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('settings-audit', en)

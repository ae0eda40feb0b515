import { en } from '../messages/settings-storage/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('settings-storage', en)

import { en } from '../messages/settings-tokens/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('settings-tokens', en)

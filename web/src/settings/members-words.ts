import { en } from '../messages/settings-members/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('settings-members', en)

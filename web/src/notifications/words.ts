import { en } from '../messages/notifications/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('notifications', en)

import { en } from '../messages/check-ins/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('check-ins', en)

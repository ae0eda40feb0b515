import { en } from '../messages/sign-in/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('sign-in', en)

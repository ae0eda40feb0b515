import { en } from './messages/bar/en.ts'
import { spoken } from './messages/spoken.ts'

export const sayInBar = spoken('bar', en)

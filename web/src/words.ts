import { en } from './messages/problems/en.ts'
import { spoken } from './messages/spoken.ts'

export const say = spoken('problems', en)

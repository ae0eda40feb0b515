import { en } from '../messages/agreement/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('agreement', en)

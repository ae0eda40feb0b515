import { en } from '../messages/comments/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('comments', en)

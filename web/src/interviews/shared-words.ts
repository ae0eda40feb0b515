import { en } from '../messages/interview-words/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('interview-words', en)

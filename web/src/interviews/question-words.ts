import { en } from '../messages/interview-questions/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('interview-questions', en)

import { en } from '../messages/interview-sheet/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('interview-sheet', en)

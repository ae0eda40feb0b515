import { en } from '../messages/interview-invite/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('interview-invite', en)

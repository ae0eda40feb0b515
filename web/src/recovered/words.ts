import { en } from '../messages/recovered/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('recovered', en)

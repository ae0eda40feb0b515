import { en } from '../messages/embed/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('embed', en)

import { en } from '../messages/places/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('places', en)

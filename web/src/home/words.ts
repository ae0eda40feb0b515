import { en } from '../messages/home/en.ts'
import { spoken } from '../messages/spoken.ts'

export const say = spoken('home', en)

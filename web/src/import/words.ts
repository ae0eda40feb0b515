import { spoken } from '../messages/spoken.ts'
import { en } from '../messages/upload/en.ts'

export const say = spoken('upload', en)

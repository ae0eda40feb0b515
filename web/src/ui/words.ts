import { spoken } from '../messages/spoken.ts'
import { en } from '../messages/ui/en.ts'

export const say = spoken('ui', en)

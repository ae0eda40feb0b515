import { de as bar } from './bar/de.ts'
import type { TranslatedRooms } from './rooms.ts'
import { de as settings } from './settings/de.ts'
import { de as signIn } from './sign-in/de.ts'

export const de: TranslatedRooms = {
  bar,
  settings,
  'sign-in': signIn,
}

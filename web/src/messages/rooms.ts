import type { BarMessages } from './bar/en.ts'
import type { Translated } from './messages.ts'
import type { SettingsMessages } from './settings/en.ts'
import type { SignInMessages } from './sign-in/en.ts'

/** What each room of the interface says, by its folder. Pages of candidates are apart: their language is chosen on them. */
export type Rooms = {
  bar: BarMessages
  settings: SettingsMessages
  'sign-in': SignInMessages
}
export type TranslatedRooms = { [room in keyof Rooms]: Translated<Rooms[room]> }

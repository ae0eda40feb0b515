import type { BarMessages } from './bar/en.ts'
import type { EmbedMessages } from './embed/en.ts'
import type { HomeMessages } from './home/en.ts'
import type { Translated } from './messages.ts'
import type { PlacesMessages } from './places/en.ts'
import type { PlayerMessages } from './player/en.ts'
import type { RecorderMessages } from './recorder/en.ts'
import type { RecorderProblemsMessages } from './recorder-problems/en.ts'
import type { RecoveredMessages } from './recovered/en.ts'
import type { SettingsMessages } from './settings/en.ts'
import type { SignInMessages } from './sign-in/en.ts'
import type { UploadMessages } from './upload/en.ts'
import type { WatchMessages } from './watch/en.ts'

/** What each room of the interface says, by its folder. Pages of candidates are apart: their language is chosen on them. */
export type Rooms = {
  bar: BarMessages
  embed: EmbedMessages
  home: HomeMessages
  places: PlacesMessages
  player: PlayerMessages
  recorder: RecorderMessages
  'recorder-problems': RecorderProblemsMessages
  recovered: RecoveredMessages
  settings: SettingsMessages
  'sign-in': SignInMessages
  upload: UploadMessages
  watch: WatchMessages
}
export type TranslatedRooms = { [room in keyof Rooms]: Translated<Rooms[room]> }

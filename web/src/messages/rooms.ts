import type { BarMessages } from './bar/en.ts'
import type { GuestMessages } from './guest/en.ts'
import type { HomeMessages } from './home/en.ts'
import type { Translated } from './messages.ts'
import type { NotificationsMessages } from './notifications/en.ts'
import type { PlacesMessages } from './places/en.ts'
import type { RecorderMessages } from './recorder/en.ts'
import type { RecorderProblemsMessages } from './recorder-problems/en.ts'
import type { RecoveredMessages } from './recovered/en.ts'
import type { ReelMessages } from './reel/en.ts'
import type { SettingsMessages } from './settings/en.ts'
import type { SettingsAuditMessages } from './settings-audit/en.ts'
import type { SettingsMembersMessages } from './settings-members/en.ts'
import type { SettingsSecurityMessages } from './settings-security/en.ts'
import type { SettingsStorageMessages } from './settings-storage/en.ts'
import type { SettingsTimesMessages } from './settings-times/en.ts'
import type { SettingsTokensMessages } from './settings-tokens/en.ts'
import type { ShareMessages } from './share/en.ts'
import type { SignInMessages } from './sign-in/en.ts'
import type { UploadMessages } from './upload/en.ts'

/** What each room of the interface says, by its folder. Pages of candidates are apart: their language is chosen on them. */
export type Rooms = {
  bar: BarMessages
  guest: GuestMessages
  home: HomeMessages
  notifications: NotificationsMessages
  places: PlacesMessages
  recorder: RecorderMessages
  'recorder-problems': RecorderProblemsMessages
  recovered: RecoveredMessages
  reel: ReelMessages
  settings: SettingsMessages
  'settings-audit': SettingsAuditMessages
  'settings-members': SettingsMembersMessages
  'settings-security': SettingsSecurityMessages
  'settings-storage': SettingsStorageMessages
  'settings-times': SettingsTimesMessages
  'settings-tokens': SettingsTokensMessages
  share: ShareMessages
  'sign-in': SignInMessages
  upload: UploadMessages
}
export type TranslatedRooms = { [room in keyof Rooms]: Translated<Rooms[room]> }

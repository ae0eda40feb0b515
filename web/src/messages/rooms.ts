import type { BarMessages } from './bar/en.ts'
import type { GrantsMessages } from './grants/en.ts'
import type { HiringMessages } from './hiring/en.ts'
import type { HomeMessages } from './home/en.ts'
import type { InterviewInviteMessages } from './interview-invite/en.ts'
import type { InterviewQuestionsMessages } from './interview-questions/en.ts'
import type { InterviewSheetMessages } from './interview-sheet/en.ts'
import type { InterviewWordsMessages } from './interview-words/en.ts'
import type { InterviewsMessages } from './interviews/en.ts'
import type { Translated } from './messages.ts'
import type { PlacesMessages } from './places/en.ts'
import type { RecorderMessages } from './recorder/en.ts'
import type { RecorderProblemsMessages } from './recorder-problems/en.ts'
import type { RecoveredMessages } from './recovered/en.ts'
import type { SettingsMessages } from './settings/en.ts'
import type { SignInMessages } from './sign-in/en.ts'
import type { UploadMessages } from './upload/en.ts'

/** What each room of the interface says, by its folder. Pages of candidates are apart: their language is chosen on them. */
export type Rooms = {
  bar: BarMessages
  home: HomeMessages
  'interview-words': InterviewWordsMessages
  interviews: InterviewsMessages
  'interview-questions': InterviewQuestionsMessages
  'interview-invite': InterviewInviteMessages
  'interview-sheet': InterviewSheetMessages
  hiring: HiringMessages
  grants: GrantsMessages
  places: PlacesMessages
  recorder: RecorderMessages
  'recorder-problems': RecorderProblemsMessages
  recovered: RecoveredMessages
  settings: SettingsMessages
  'sign-in': SignInMessages
  upload: UploadMessages
}
export type TranslatedRooms = { [room in keyof Rooms]: Translated<Rooms[room]> }

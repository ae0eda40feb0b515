import { de as bar } from './bar/de.ts'
import { de as guest } from './guest/de.ts'
import { de as home } from './home/de.ts'
import { de as notifications } from './notifications/de.ts'
import { de as places } from './places/de.ts'
import { de as recorder } from './recorder/de.ts'
import { de as recorderProblems } from './recorder-problems/de.ts'
import { de as recovered } from './recovered/de.ts'
import { de as reel } from './reel/de.ts'
import type { TranslatedRooms } from './rooms.ts'
import { de as settings } from './settings/de.ts'
import { de as share } from './share/de.ts'
import { de as signIn } from './sign-in/de.ts'
import { de as upload } from './upload/de.ts'

export const de: TranslatedRooms = {
  bar,
  guest,
  home,
  notifications,
  places,
  recorder,
  'recorder-problems': recorderProblems,
  recovered,
  reel,
  settings,
  share,
  'sign-in': signIn,
  upload,
}

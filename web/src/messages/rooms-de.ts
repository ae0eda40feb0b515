import { de as agreement } from './agreement/de.ts'
import { de as bar } from './bar/de.ts'
import { de as channels } from './channels/de.ts'
import { de as checkIns } from './check-ins/de.ts'
import { de as decisions } from './decisions/de.ts'
import { de as home } from './home/de.ts'
import { de as hours } from './hours/de.ts'
import { de as pairings } from './pairings/de.ts'
import { de as places } from './places/de.ts'
import { de as player } from './player/de.ts'
import { de as recorder } from './recorder/de.ts'
import { de as recorderProblems } from './recorder-problems/de.ts'
import { de as recovered } from './recovered/de.ts'
import type { TranslatedRooms } from './rooms-en.ts'
import { de as settings } from './settings/de.ts'
import { de as signIn } from './sign-in/de.ts'
import { de as ui } from './ui/de.ts'
import { de as upload } from './upload/de.ts'

export const de: TranslatedRooms = {
  bar,
  'check-ins': checkIns,
  channels,
  decisions,
  agreement,
  hours,
  pairings,
  home,
  places,
  player,
  recorder,
  'recorder-problems': recorderProblems,
  recovered,
  settings,
  'sign-in': signIn,
  ui,
  upload,
}

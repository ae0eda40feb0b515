import { en as agreement } from './agreement/en.ts'
import { en as bar } from './bar/en.ts'
import { en as channels } from './channels/en.ts'
import { en as checkIns } from './check-ins/en.ts'
import { en as decisions } from './decisions/en.ts'
import { en as home } from './home/en.ts'
import { en as hours } from './hours/en.ts'
import type { Translated } from './messages.ts'
import { en as pairings } from './pairings/en.ts'
import { en as places } from './places/en.ts'
import { en as player } from './player/en.ts'
import { en as recorder } from './recorder/en.ts'
import { en as recorderProblems } from './recorder-problems/en.ts'
import { en as recovered } from './recovered/en.ts'
import { en as settings } from './settings/en.ts'
import { en as signIn } from './sign-in/en.ts'
import { en as ui } from './ui/en.ts'
import { en as upload } from './upload/en.ts'

/** What each room of the interface says, by its folder. Pages of candidates are apart: their language is chosen on them. */
export const en = {
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

export type Rooms = typeof en
export type TranslatedRooms = { [room in keyof Rooms]: Translated<Rooms[room]> }

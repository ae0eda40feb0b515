import { en as agreement } from './agreement/en.ts'
import { en as bar } from './bar/en.ts'
import { en as channels } from './channels/en.ts'
import { en as checkIns } from './check-ins/en.ts'
import { en as comments } from './comments/en.ts'
import { en as decisions } from './decisions/en.ts'
import { en as embed } from './embed/en.ts'
import { en as grants } from './grants/en.ts'
import { en as hiring } from './hiring/en.ts'
import { en as home } from './home/en.ts'
import { en as hours } from './hours/en.ts'
import { en as interviewInvite } from './interview-invite/en.ts'
import { en as interviewQuestions } from './interview-questions/en.ts'
import { en as interviewSheet } from './interview-sheet/en.ts'
import { en as interviewWords } from './interview-words/en.ts'
import { en as interviews } from './interviews/en.ts'
import type { Translated } from './messages.ts'
import { en as notifications } from './notifications/en.ts'
import { en as pairings } from './pairings/en.ts'
import { en as places } from './places/en.ts'
import { en as player } from './player/en.ts'
import { en as problems } from './problems/en.ts'
import { en as recorder } from './recorder/en.ts'
import { en as recorderProblems } from './recorder-problems/en.ts'
import { en as recovered } from './recovered/en.ts'
import { en as reel } from './reel/en.ts'
import { en as settings } from './settings/en.ts'
import { en as settingsAudit } from './settings-audit/en.ts'
import { en as settingsMembers } from './settings-members/en.ts'
import { en as settingsSecurity } from './settings-security/en.ts'
import { en as settingsStorage } from './settings-storage/en.ts'
import { en as settingsTimes } from './settings-times/en.ts'
import { en as settingsTokens } from './settings-tokens/en.ts'
import { en as share } from './share/en.ts'
import { en as signIn } from './sign-in/en.ts'
import { en as ui } from './ui/en.ts'
import { en as updates } from './updates/en.ts'
import { en as upload } from './upload/en.ts'
import { en as watch } from './watch/en.ts'

/** What each room of the interface says, by its folder. Pages of candidates are apart: their language is chosen on them. */
export const en = {
  agreement,
  bar,
  channels,
  'check-ins': checkIns,
  comments,
  decisions,
  embed,
  grants,
  hiring,
  home,
  hours,
  'interview-invite': interviewInvite,
  'interview-questions': interviewQuestions,
  'interview-sheet': interviewSheet,
  'interview-words': interviewWords,
  interviews,
  notifications,
  pairings,
  places,
  player,
  problems,
  recorder,
  'recorder-problems': recorderProblems,
  recovered,
  reel,
  settings,
  'settings-audit': settingsAudit,
  'settings-members': settingsMembers,
  'settings-security': settingsSecurity,
  'settings-storage': settingsStorage,
  'settings-times': settingsTimes,
  'settings-tokens': settingsTokens,
  share,
  'sign-in': signIn,
  ui,
  updates,
  upload,
  watch,
}

export type Rooms = typeof en
export type TranslatedRooms = { [room in keyof Rooms]: Translated<Rooms[room]> }

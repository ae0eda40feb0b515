import { de as agreement } from './agreement/de.ts'
import { de as bar } from './bar/de.ts'
import { de as channels } from './channels/de.ts'
import { de as checkIns } from './check-ins/de.ts'
import { de as comments } from './comments/de.ts'
import { de as decisions } from './decisions/de.ts'
import { de as embed } from './embed/de.ts'
import { de as grants } from './grants/de.ts'
import { de as hiring } from './hiring/de.ts'
import { de as home } from './home/de.ts'
import { de as hours } from './hours/de.ts'
import { de as interviewInvite } from './interview-invite/de.ts'
import { de as interviewQuestions } from './interview-questions/de.ts'
import { de as interviewSheet } from './interview-sheet/de.ts'
import { de as interviewWords } from './interview-words/de.ts'
import { de as interviews } from './interviews/de.ts'
import { de as notifications } from './notifications/de.ts'
import { de as pairings } from './pairings/de.ts'
import { de as places } from './places/de.ts'
import { de as player } from './player/de.ts'
import { de as problems } from './problems/de.ts'
import { de as recorder } from './recorder/de.ts'
import { de as recorderProblems } from './recorder-problems/de.ts'
import { de as recovered } from './recovered/de.ts'
import { de as reel } from './reel/de.ts'
import type { TranslatedRooms } from './rooms-en.ts'
import { de as settings } from './settings/de.ts'
import { de as settingsAudit } from './settings-audit/de.ts'
import { de as settingsMembers } from './settings-members/de.ts'
import { de as settingsSecurity } from './settings-security/de.ts'
import { de as settingsStorage } from './settings-storage/de.ts'
import { de as settingsTimes } from './settings-times/de.ts'
import { de as settingsTokens } from './settings-tokens/de.ts'
import { de as share } from './share/de.ts'
import { de as signIn } from './sign-in/de.ts'
import { de as ui } from './ui/de.ts'
import { de as updates } from './updates/de.ts'
import { de as upload } from './upload/de.ts'
import { de as watch } from './watch/de.ts'

export const de: TranslatedRooms = {
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

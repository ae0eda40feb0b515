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
import { de as settingsAudit } from './settings-audit/de.ts'
import { de as settingsMembers } from './settings-members/de.ts'
import { de as settingsSecurity } from './settings-security/de.ts'
import { de as settingsStorage } from './settings-storage/de.ts'
import { de as settingsTimes } from './settings-times/de.ts'
import { de as settingsTokens } from './settings-tokens/de.ts'
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
  'settings-audit': settingsAudit,
  'settings-members': settingsMembers,
  'settings-security': settingsSecurity,
  'settings-storage': settingsStorage,
  'settings-times': settingsTimes,
  'settings-tokens': settingsTokens,
  share,
  'sign-in': signIn,
  upload,
}

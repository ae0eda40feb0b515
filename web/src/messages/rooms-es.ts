import { es as agreement } from './agreement/es.ts'
import { es as bar } from './bar/es.ts'
import { es as channels } from './channels/es.ts'
import { es as checkIns } from './check-ins/es.ts'
import { es as comments } from './comments/es.ts'
import { es as decisions } from './decisions/es.ts'
import { es as embed } from './embed/es.ts'
import { es as grants } from './grants/es.ts'
import { es as hiring } from './hiring/es.ts'
import { es as home } from './home/es.ts'
import { es as hours } from './hours/es.ts'
import { es as interviewInvite } from './interview-invite/es.ts'
import { es as interviewQuestions } from './interview-questions/es.ts'
import { es as interviewSheet } from './interview-sheet/es.ts'
import { es as interviewWords } from './interview-words/es.ts'
import { es as interviews } from './interviews/es.ts'
import { es as notifications } from './notifications/es.ts'
import { es as pairings } from './pairings/es.ts'
import { es as places } from './places/es.ts'
import { es as player } from './player/es.ts'
import { es as problems } from './problems/es.ts'
import { es as recorder } from './recorder/es.ts'
import { es as recorderProblems } from './recorder-problems/es.ts'
import { es as recovered } from './recovered/es.ts'
import { es as reel } from './reel/es.ts'
import type { TranslatedRooms } from './rooms-en.ts'
import { es as settings } from './settings/es.ts'
import { es as settingsAudit } from './settings-audit/es.ts'
import { es as settingsMembers } from './settings-members/es.ts'
import { es as settingsSecurity } from './settings-security/es.ts'
import { es as settingsStorage } from './settings-storage/es.ts'
import { es as settingsTimes } from './settings-times/es.ts'
import { es as settingsTokens } from './settings-tokens/es.ts'
import { es as share } from './share/es.ts'
import { es as signIn } from './sign-in/es.ts'
import { es as ui } from './ui/es.ts'
import { es as updates } from './updates/es.ts'
import { es as upload } from './upload/es.ts'
import { es as watch } from './watch/es.ts'

export const es: TranslatedRooms = {
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

import { es as bar } from './bar/es.ts'
import { es as guest } from './guest/es.ts'
import { es as home } from './home/es.ts'
import { es as notifications } from './notifications/es.ts'
import { es as places } from './places/es.ts'
import { es as recorder } from './recorder/es.ts'
import { es as recorderProblems } from './recorder-problems/es.ts'
import { es as recovered } from './recovered/es.ts'
import { es as reel } from './reel/es.ts'
import type { TranslatedRooms } from './rooms.ts'
import { es as settings } from './settings/es.ts'
import { es as settingsAudit } from './settings-audit/es.ts'
import { es as settingsMembers } from './settings-members/es.ts'
import { es as settingsSecurity } from './settings-security/es.ts'
import { es as settingsStorage } from './settings-storage/es.ts'
import { es as settingsTimes } from './settings-times/es.ts'
import { es as settingsTokens } from './settings-tokens/es.ts'
import { es as share } from './share/es.ts'
import { es as signIn } from './sign-in/es.ts'
import { es as upload } from './upload/es.ts'

export const es: TranslatedRooms = {
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

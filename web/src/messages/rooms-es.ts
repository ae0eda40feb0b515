import { es as agreement } from './agreement/es.ts'
import { es as bar } from './bar/es.ts'
import { es as channels } from './channels/es.ts'
import { es as checkIns } from './check-ins/es.ts'
import { es as decisions } from './decisions/es.ts'
import { es as home } from './home/es.ts'
import { es as hours } from './hours/es.ts'
import { es as pairings } from './pairings/es.ts'
import { es as places } from './places/es.ts'
import { es as player } from './player/es.ts'
import { es as recorder } from './recorder/es.ts'
import { es as recorderProblems } from './recorder-problems/es.ts'
import { es as recovered } from './recovered/es.ts'
import type { TranslatedRooms } from './rooms-en.ts'
import { es as settings } from './settings/es.ts'
import { es as signIn } from './sign-in/es.ts'
import { es as ui } from './ui/es.ts'
import { es as upload } from './upload/es.ts'

export const es: TranslatedRooms = {
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

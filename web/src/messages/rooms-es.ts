import { es as bar } from './bar/es.ts'
import { es as comments } from './comments/es.ts'
import { es as embed } from './embed/es.ts'
import { es as grants } from './grants/es.ts'
import { es as hiring } from './hiring/es.ts'
import { es as home } from './home/es.ts'
import { es as interviewInvite } from './interview-invite/es.ts'
import { es as interviewQuestions } from './interview-questions/es.ts'
import { es as interviewSheet } from './interview-sheet/es.ts'
import { es as interviewWords } from './interview-words/es.ts'
import { es as interviews } from './interviews/es.ts'
import { es as places } from './places/es.ts'
import { es as player } from './player/es.ts'
import { es as problems } from './problems/es.ts'
import { es as recorder } from './recorder/es.ts'
import { es as recorderProblems } from './recorder-problems/es.ts'
import { es as recovered } from './recovered/es.ts'
import type { TranslatedRooms } from './rooms-en.ts'
import { es as settings } from './settings/es.ts'
import { es as signIn } from './sign-in/es.ts'
import { es as ui } from './ui/es.ts'
import { es as updates } from './updates/es.ts'
import { es as upload } from './upload/es.ts'
import { es as watch } from './watch/es.ts'

export const es: TranslatedRooms = {
  bar,
  comments,
  embed,
  grants,
  hiring,
  home,
  'interview-invite': interviewInvite,
  'interview-questions': interviewQuestions,
  'interview-sheet': interviewSheet,
  'interview-words': interviewWords,
  interviews,
  places,
  player,
  problems,
  recorder,
  'recorder-problems': recorderProblems,
  recovered,
  settings,
  'sign-in': signIn,
  ui,
  updates,
  upload,
  watch,
}

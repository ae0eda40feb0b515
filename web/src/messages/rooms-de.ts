import { de as bar } from './bar/de.ts'
import { de as comments } from './comments/de.ts'
import { de as embed } from './embed/de.ts'
import { de as grants } from './grants/de.ts'
import { de as hiring } from './hiring/de.ts'
import { de as home } from './home/de.ts'
import { de as interviewInvite } from './interview-invite/de.ts'
import { de as interviewQuestions } from './interview-questions/de.ts'
import { de as interviewSheet } from './interview-sheet/de.ts'
import { de as interviewWords } from './interview-words/de.ts'
import { de as interviews } from './interviews/de.ts'
import { de as places } from './places/de.ts'
import { de as player } from './player/de.ts'
import { de as problems } from './problems/de.ts'
import { de as recorder } from './recorder/de.ts'
import { de as recorderProblems } from './recorder-problems/de.ts'
import { de as recovered } from './recovered/de.ts'
import type { TranslatedRooms } from './rooms-en.ts'
import { de as settings } from './settings/de.ts'
import { de as signIn } from './sign-in/de.ts'
import { de as ui } from './ui/de.ts'
import { de as updates } from './updates/de.ts'
import { de as upload } from './upload/de.ts'
import { de as watch } from './watch/de.ts'

export const de: TranslatedRooms = {
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

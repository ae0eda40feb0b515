import { createContext } from 'svelte'
import type { CandidateMessages } from '../messages/candidate/en.ts'
import type { Language } from '../messages/languages.ts'
import type { Say } from '../messages/messages.ts'
import type { Candidacy } from './candidacy.svelte.ts'

/** What every part of the pages of a candidate needs. */
export type CandidateHere = {
  candidacy: Candidacy
  /** The language, and what says a message in it: read them where they are used, they change. */
  readonly language: Language
  /** That language as it is written where the candidate is: how times and amounts look. */
  readonly locale: string
  readonly say: Say<CandidateMessages>
  /** The path of the overview; others are behind it. */
  base: string
}

export const [candidateHere, provideCandidate] = createContext<CandidateHere>()

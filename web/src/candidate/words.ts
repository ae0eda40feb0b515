import type { CandidateMessages } from '../messages/candidate/en.ts'
import { Words } from '../messages/words.svelte.ts'

/** What the pages of candidates say; the language stays from page to page. */
export const words = new Words<CandidateMessages>({
  en: async () => (await import('../messages/candidate/en.ts')).en,
  de: async () => (await import('../messages/candidate/de.ts')).de,
  es: async () => (await import('../messages/candidate/es.ts')).es,
})

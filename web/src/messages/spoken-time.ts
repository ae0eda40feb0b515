import { spokenTime as spokenIn } from '@meanwhile/shared/media/time-code'
import { languageHere } from './language-here.ts'

/** `83_000` → `1 minute 23 seconds`, in the language of the page. */
export const spokenTime = (ms: number): string => spokenIn(ms, languageHere)

import { languageHere } from './language-here.ts'
import { localeFor } from './languages.ts'

/** How dates, times and amounts are written on this page: in its language, as in the country of the person. */
export const localeHere: string = typeof navigator === 'undefined' ? languageHere : localeFor(languageHere, navigator.languages)

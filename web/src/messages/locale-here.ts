import { languageHere } from './language-here.ts'
import { localeFor } from './languages.ts'

/** How times, amounts and lists are written on this page: its language, with the country that the browser wants it with. */
export const localeHere = typeof document === 'undefined' ? languageHere : localeFor(languageHere, navigator.languages)

import { type Language, localeFor } from './languages.ts'

const inBrowser = typeof document !== 'undefined'

/** What this page speaks from its beginning to its end: the server brought it in the language that was chosen on this device, else in that of the browser. */
export const languageHere = (inBrowser ? document.documentElement.lang : 'en') as Language

/** How times and amounts are written on it: as in the person's own country, where that speaks its language. */
export const localeHere: string = localeFor(languageHere, inBrowser ? navigator.languages : [])

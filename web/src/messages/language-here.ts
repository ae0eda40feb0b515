import type { Language } from './languages.ts'

const inBrowser = typeof document !== 'undefined'

/** What this page speaks from its beginning to its end: the server brought it in the language that was chosen on this device, else in that of the browser. */
export const languageHere = ((inBrowser && /^(de|es)$/.exec(document.documentElement.lang)?.[0]) || 'en') as Language

/** A language with the country that a person wants it with: `en-GB` of `en`; as it is where they want none. */
export const localeFor = (language: Language, wanted: readonly string[]): string =>
  wanted.find((each) => each.toLowerCase().split('-')[0] === language) ?? language

/** How times and amounts are written on it: as in the person's own country, where that speaks its language. */
export const localeHere: string = localeFor(languageHere, inBrowser ? navigator.languages : [])

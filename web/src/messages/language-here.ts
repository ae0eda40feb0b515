import { type Language, languageFor, rememberedLanguage } from './languages.ts'

const asked = (): Language => {
  // A worker, and a test without a browser.
  if (typeof document === 'undefined') return 'en'
  return rememberedLanguage() ?? languageFor(navigator.languages)
}

/** What this page speaks from its beginning to its end: the language that was chosen on this device before, else that of the browser. */
export const languageHere = asked()

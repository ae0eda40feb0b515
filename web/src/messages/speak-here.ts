import { untilLoaded } from '../ui/until-loaded.ts'
import { languageHere } from './language-here.ts'
import type { Language } from './languages.ts'
import { markEnglish } from './mark-english.svelte.ts'
import { en } from './shell/en.ts'
import { shell } from './shell-words.svelte.ts'
import { speakIn } from './spoken.ts'

const others = {
  de: async () => (await import('./rooms-de.ts')).de,
  es: async () => (await import('./rooms-es.ts')).es,
}
const shells = {
  en: async () => en,
  de: async () => (await import('./shell/de.ts')).de,
  es: async () => (await import('./shell/es.ts')).es,
}

/** What is around every page says it in a language from now on, and the page says which one it is in. */
export async function speak(language: Language): Promise<void> {
  Object.assign(shell, await untilLoaded(shells[language]))
  document.documentElement.lang = language
}

/** The page is in its language from the beginning. To be called before anything is drawn. A candidate's page has words of its own. */
export async function speakHere(): Promise<void> {
  if (languageHere !== 'en' && !location.pathname.startsWith('/i/')) speakIn(await untilLoaded(others[languageHere]))
  await speak(languageHere)
  if (languageHere !== 'en') markEnglish()
}

import { untilLoaded } from '../ui/until-loaded.ts'
import { languageHere } from './language-here.ts'
import type { Language } from './languages.ts'
import { en } from './shell/en.ts'
import { shell } from './shell-words.svelte.ts'

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

/** What is around every page is in the page's language from the beginning. To be called before anything is drawn. */
export const speakHere = (): Promise<void> => speak(languageHere)

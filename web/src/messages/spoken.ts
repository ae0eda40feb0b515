import { untilLoaded } from '../ui/until-loaded.ts'
import { languageHere } from './language-here.ts'
import type { Language } from './languages.ts'
import { type Catalogue, type Say, sayIn, type Translated } from './messages.ts'

type Others<C extends Catalogue> = Record<Exclude<Language, 'en'>, () => Promise<Translated<C>>>

/**
 * What says the messages of a room in the language of the page. English is there at once; a room in another language waits for its
 * words before it is drawn: `export const say = await spoken(en, …)`.
 */
export const spoken = async <C extends Catalogue>(english: Translated<C>, others: Others<C>): Promise<Say<C>> =>
  sayIn(languageHere, languageHere === 'en' ? english : await untilLoaded(others[languageHere]))

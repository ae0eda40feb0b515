import { untilLoaded } from '../ui/until-loaded.ts'
import { type Language, languageFor, rememberedLanguage, rememberLanguage } from './languages.ts'
import { type Catalogue, type Say, sayIn, type Translated } from './messages.ts'

type Load<C extends Catalogue> = Record<Language, () => Promise<Translated<C>>>

/** What a page says, in a language that is chosen on it; only that language is loaded. */
export class Words<C extends Catalogue> {
  language = $state.raw<Language>('en')
  /** Null until the first language is here. */
  say = $state.raw<Say<C> | null>(null)
  readonly #load: Load<C>
  #turn = 0

  constructor(load: Load<C>) {
    this.#load = load
  }

  /** In the language that was chosen on this device before, else in that of the browser. */
  begin(): Promise<void> {
    return this.#speak(rememberedLanguage(localStorage) ?? languageFor(navigator.languages))
  }

  choose(language: Language): Promise<void> {
    rememberLanguage(localStorage, language)
    return this.#speak(language)
  }

  async #speak(language: Language) {
    const turn = ++this.#turn
    const messages = await untilLoaded(this.#load[language])
    if (turn !== this.#turn) return
    this.language = language
    this.say = sayIn(language, messages)
  }
}

import { untilLoaded } from '../ui/until-loaded.ts'
import { languageHere } from './language-here.ts'
import { type Language, rememberLanguage } from './languages.ts'
import { type Catalogue, type Say, sayIn, type Translated } from './messages.ts'
import { speak } from './speak-here.ts'

type Load<C extends Catalogue> = Record<Language, () => Promise<Translated<C>>>

/** What a page says whose language is chosen on it, and changes there without being loaded again; only that language is loaded. */
export class Words<C extends Catalogue> {
  language = $state.raw<Language>('en')
  /** Null until the first language is here. */
  say = $state.raw<Say<C> | null>(null)
  readonly #load: Load<C>
  #turn = 0

  constructor(load: Load<C>) {
    this.#load = load
  }

  /** In the language of the page. */
  begin(): Promise<void> {
    return this.#speak(languageHere)
  }

  choose(language: Language): Promise<void> {
    rememberLanguage(language)
    return this.#speak(language)
  }

  /** Only to be looked at: the page around it and the device keep theirs. */
  async show(language: Language): Promise<boolean> {
    const turn = ++this.#turn
    const messages = await untilLoaded(this.#load[language])
    if (turn !== this.#turn) return false
    this.language = language
    this.say = sayIn(language, messages)
    return true
  }

  async #speak(language: Language) {
    if (await this.show(language)) await speak(language)
  }
}

/** The languages that Meanwhile speaks; each is called what it calls itself. */
export const languages = { en: 'English', de: 'Deutsch', es: 'Español' } as const
export type Language = keyof typeof languages

/** `main.ts` looks there too. */
const key = 'meanwhile.language'

const isKnown = (name: string | null): name is Language => name !== null && Object.hasOwn(languages, name)

/** The first language of a person that there is, whatever its country; English where there is none. */
export const languageFor = (wanted: readonly string[]): Language =>
  wanted.map((each) => each.toLowerCase().split('-')[0] ?? '').find(isKnown) ?? 'en'

/** A language with the country that a person wants it with: `en-GB` of `en`; as it is where they want none. */
export const localeFor = (language: Language, wanted: readonly string[]): string =>
  wanted.find((each) => each.toLowerCase().split('-')[0] === language) ?? language

type Store = Pick<Storage, 'getItem' | 'setItem'>

/** The language that was chosen on this device; null where none was. */
export function rememberedLanguage(store?: Pick<Store, 'getItem'>): Language | null {
  try {
    // Some browsers refuse even to name it.
    const found = (store ?? localStorage).getItem(key)
    return isKnown(found) ? found : null
  } catch {
    return null
  }
}

export function rememberLanguage(language: Language, store?: Pick<Store, 'setItem'>): void {
  try {
    ;(store ?? localStorage).setItem(key, language)
  } catch {
    // A browser that keeps nothing asks its own language again.
  }
}

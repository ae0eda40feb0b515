/** The languages that Meanwhile speaks; each is called what it calls itself. */
export const languages = { en: 'English', de: 'Deutsch', es: 'Español' } as const
export type Language = keyof typeof languages

const key = 'meanwhile.language'

/** A language with the country that a person wants it with: `en-GB` of `en`; as it is where they want none. */
export const localeFor = (language: Language, wanted: readonly string[]): string =>
  wanted.find((each) => each.toLowerCase().split('-')[0] === language) ?? language

const year = 365 * 24 * 3600

/** On this device: the server reads it, and brings each page in it. */
export function rememberLanguage(language: Language): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
  document.cookie = `${key}=${language}; Path=/; Max-Age=${year}; SameSite=Lax`
}

/** The languages that Meanwhile speaks; each is called what it calls itself. */
export const languages = { en: 'English', de: 'Deutsch', es: 'Español' } as const
export type Language = keyof typeof languages

const key = 'meanwhile.language'

const year = 365 * 24 * 3600

/** On this device: the server reads it, and brings each page in it. */
export function rememberLanguage(language: Language): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet.
  document.cookie = `${key}=${language}; Path=/; Max-Age=${year}; SameSite=Lax`
}

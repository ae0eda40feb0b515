/** A language tag in its usual form (BCP 47): `pt-br` → `pt-BR`. Null when it is none. */
export function languageTag(text: string): string | null {
  try {
    return /^[a-z]{2,3}(?:-|$)/i.test(text) ? (Intl.getCanonicalLocales(text)[0] ?? null) : null
  } catch {
    return null
  }
}

/** What a language calls itself: `de` → `Deutsch`; the tag when nobody knows its name. */
export function languageName(tag: string): string {
  const name = new Intl.DisplayNames([tag, 'en'], { type: 'language', fallback: 'none' }).of(tag)
  return name ? name.charAt(0).toLocaleUpperCase(tag) + name.slice(1) : tag
}

/** What is not known to be a language has this tag (ISO 639-2). */
export const unknownLanguage = 'und'

let byName: Map<string, string> | undefined

function tagsByName(): Map<string, string> {
  const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' })
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  const tags = [...letters].flatMap((first) => [...letters].map((second) => first + second))
  return new Map(
    [...tags, 'haw', 'yue'].flatMap((tag) => (names.of(tag) ? [[`${names.of(tag)}`.toLowerCase(), tag] as const] : [])),
  )
}

/** The tag of a language by its tag or by its English name, as programs that transcribe tell it: `english` → `en`. */
export function languageOf(text: string | null | undefined): string {
  const said = (text ?? '').trim().toLowerCase()
  byName ??= tagsByName()
  const found = byName.get(said)
  if (found) return found
  return said.length > 3 && !said.includes('-') ? unknownLanguage : (languageTag(said) ?? unknownLanguage)
}

import type { IncomingHttpHeaders } from 'node:http'
import { cookieIn } from './cookie.ts'

export type Asking = Pick<IncomingHttpHeaders, 'cookie' | 'accept-language'>

/** The web app writes it when somebody chooses a language. */
const name = 'meanwhile.language'

const year = 365 * 24 * 3600

/** The choice anew: what a page's script writes some browsers forget within days. Undefined where none was made. */
export function languageCookie(cookies: string | undefined): string | undefined {
  const chosen = cookieIn(cookies, name)
  return chosen !== undefined && /^[a-z]{2}$/.test(chosen)
    ? `${name}=${chosen}; Path=/; Max-Age=${year}; SameSite=Lax`
    : undefined
}

/** What an answer depends on that is in a language. */
export const varies = 'Cookie, Accept-Language'

/**
 * The language that a page is wanted in: the one that was chosen in this browser, else the first one that the browser asks for.
 * @param known those that there are beside English
 * @returns one of those, or `en`
 */
export function languageFor(headers: Asking, known: string[]): string {
  const isKnown = (language = '') => language === 'en' || known.includes(language)
  const chosen = cookieIn(headers.cookie, name)
  if (chosen !== undefined && isKnown(chosen)) return chosen
  return wantedIn(headers['accept-language']).find(isKnown) ?? 'en'
}

/** RFC 9110, §12.5.4, without countries: the most wanted first. */
const wantedIn = (header = ''): string[] =>
  header
    .split(',')
    .map((range) => {
      const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
      return { language: tag.split('-')[0] ?? '', weight: weight === undefined ? 1 : Number(weight) }
    })
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ language }) => language)

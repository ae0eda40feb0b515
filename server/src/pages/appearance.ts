import type { Appearance } from '@meanwhile/shared/contract/preferences'
import { cookieIn } from './cookie.ts'

const name = 'meanwhile.appearance'
const year = 365 * 24 * 3600

/** What the browser was told that somebody chose, so that a page is light or dark before it knows who asks for it. */
export function appearanceIn(cookies?: string): Appearance {
  const value = cookieIn(cookies, name)
  return value === 'light' || value === 'dark' ? value : 'system'
}

/** Tells the browser; the choice is no secret, and page scripts do not need it. */
export const appearanceCookie = (appearance: Appearance): string =>
  appearance === 'system'
    ? `${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`
    : `${name}=${appearance}; Path=/; Max-Age=${year}; HttpOnly; SameSite=Lax`

import { localeHere } from '../messages/language-here.ts'

/** When something closes or closed: `Tue, 1 Dec, 14:00`, by the reader's own clock. */
export const momentWords = (at: string, locale = localeHere): string =>
  new Date(at).toLocaleString(locale, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })

/** What a field for date and time takes: `2026-12-01T14:00`, by the clock of whoever looks. */
export function fieldMoment(at: Date): string {
  const two = (value: number) => `${value}`.padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`
}

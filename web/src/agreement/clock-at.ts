import { localeHere } from '../messages/language-here.ts'

/** What clocks show in a zone: `Tue, 14:05`. */
export const clockAt = (timeZone: string, at = new Date(), locale = localeHere): string =>
  new Intl.DateTimeFormat(locale, { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(at)

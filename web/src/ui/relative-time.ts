import { localeHere } from '../messages/language-here.ts'
import { say } from './words.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** How long ago something was, as short as it can be said: `just now`, `5 min ago`, `yesterday`, `12 Nov`, `12 Nov 2025`. */
export function relativeTime(then: Date, now: Date, locale = localeHere): string {
  const agoMs = now.getTime() - then.getTime()
  if (agoMs < -minute || agoMs >= 7 * day) return dateText(then, now, locale)
  if (agoMs < minute) return say('justNow')
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })
  if (agoMs < hour) return words.format(-Math.floor(agoMs / minute), 'minute')
  const days = daysBetween(then, now)
  if (days === 0 || agoMs < 6 * hour) return words.format(-Math.floor(agoMs / hour), 'hour')
  return words.format(-days, 'day')
}

/** Date and time in full, for those who want to know exactly. */
export const fullTime = (then: Date, locale = localeHere): string =>
  then.toLocaleString(locale, { dateStyle: 'full', timeStyle: 'short' })

const dateText = (then: Date, now: Date, locale: string) =>
  then.toLocaleDateString(locale, {
    day: 'numeric',
    month: 'short',
    ...(then.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' }),
  })

/** Midnights between two moments, where the person is. */
const daysBetween = (from: Date, to: Date) => {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
  return (midnight(to) - midnight(from)) / day
}

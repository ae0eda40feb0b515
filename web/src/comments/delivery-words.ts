import { localeHere } from '../messages/language-here.ts'
import { say } from './words.ts'

const hour = { hour: '2-digit', minute: '2-digit' } as const
const weekMs = 6 * 86_400_000

/** When something arrives, by the reader's own clock: with its day when that is not today, and its date when a weekday could mean two. */
export function arrivalWords(at: Date, now: Date, locale = localeHere): string {
  const isToday = at.toDateString() === now.toDateString()
  if (isToday) return say('arrives.at', { time: new Intl.DateTimeFormat(locale, hour).format(at) })
  const isNear = at.getTime() - now.getTime() < weekMs
  const day = isNear ? ({ weekday: 'long' } as const) : ({ weekday: 'long', day: 'numeric', month: 'long' } as const)
  return say('arrives.on', { day: new Intl.DateTimeFormat(locale, { ...day, ...hour }).format(at) })
}

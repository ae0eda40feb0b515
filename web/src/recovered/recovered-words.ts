import { timeCode } from '@meanwhile/shared/media/time-code'
import { localeHere } from '../messages/language-here.ts'
import { say } from './words.ts'

/** "12:41 recovered from Tuesday"; a file is named instead of measured. */
export function recoveredText(
  { startedAt, deviceMs, name }: { startedAt: number; deviceMs: number; name: string | undefined },
  now: Date,
  locale = localeHere,
): string {
  return say('from', { what: name ?? timeCode(deviceMs), day: dayText(new Date(startedAt), now, locale) })
}

/** `today`, `yesterday`, `Tuesday` within the last week, else the date. */
function dayText(then: Date, now: Date, locale: string): string {
  const midnight = (date: Date) => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
  const days = (midnight(now) - midnight(then)) / 86_400_000
  if (days < 1) return say('today')
  if (days < 2) return say('yesterday')
  if (days < 7) return then.toLocaleDateString(locale, { weekday: 'long' })
  const year = then.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const }
  return then.toLocaleDateString(locale, { day: 'numeric', month: 'long', ...year })
}

import type { Cadence } from '@meanwhile/shared/contract/check-ins'
import type { Wire } from '../api.ts'

export const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type WeekdayCode = (typeof weekdayCodes)[number]
/** What the form offers: every day, weekdays of every week or every second, or dates alone. */
export type Frequency = 'daily' | 'weekly' | 'fortnightly' | 'dates'
export type Pattern = { frequency: Frequency; days: WeekdayCode[] }

/** The first Monday of the world, so that days have names in the reader's language. */
const monday = Date.UTC(1970, 0, 5)
export const weekdayName = (code: WeekdayCode, style: 'short' | 'long' = 'long', locale?: string): string =>
  new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' }).format(monday + weekdayCodes.indexOf(code) * 86_400_000)

const partsOf = (rule: string) => Object.fromEntries(rule.split(';').map((part) => part.split('=') as [string, string]))

/** @returns null for a rule that the form does not offer */
export function patternOf(rule: string | null): Pattern | null {
  if (rule === null) return { frequency: 'dates', days: [] }
  const { FREQ, INTERVAL = '1', BYDAY = '' } = partsOf(rule)
  const days = weekdayCodes.filter((code) => BYDAY.split(',').includes(code))
  if (FREQ === 'DAILY') return INTERVAL === '1' ? { frequency: 'daily', days } : null
  if (INTERVAL === '1') return { frequency: 'weekly', days }
  return INTERVAL === '2' ? { frequency: 'fortnightly', days } : null
}

export function ruleOf({ frequency, days }: Pattern): string | null {
  if (frequency === 'dates') return null
  if (frequency === 'daily') return 'FREQ=DAILY'
  const sorted = weekdayCodes.filter((code) => days.includes(code))
  return `FREQ=WEEKLY${frequency === 'fortnightly' ? ';INTERVAL=2' : ''};BYDAY=${sorted.join(',')}`
}

const listed = (words: string[], locale?: string) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(words)

/** More dates than these are counted. */
const mostNamed = 3
const dateWords = (date: string, locale?: string) =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${date}T12:00:00Z`))

/** Such as "Every Monday and Thursday". */
export function cadenceWords({ rule, dates }: Pick<Wire<typeof Cadence>, 'rule' | 'dates'>, locale?: string): string {
  if (rule === null)
    return dates.length > mostNamed
      ? `On ${dates.length} dates`
      : `On ${listed(
          dates.map((date) => dateWords(date, locale)),
          locale,
        )}`
  const { FREQ, INTERVAL = '1', BYDAY = '' } = partsOf(rule)
  const unit = FREQ === 'DAILY' ? 'day' : 'week'
  const often = INTERVAL === '1' ? `Every ${unit}` : INTERVAL === '2' ? `Every second ${unit}` : `Every ${INTERVAL} ${unit}s`
  const days = weekdayCodes.filter((code) => BYDAY.split(',').includes(code))
  if (FREQ === 'DAILY') return often
  if (days.join() === 'MO,TU,WE,TH,FR') return INTERVAL === '1' ? 'Monday to Friday' : `${often}, Monday to Friday`
  const names = listed(
    days.map((code) => weekdayName(code, 'long', locale)),
    locale,
  )
  return INTERVAL === '1' ? `Every ${names}` : `${often} on ${names}`
}

/** Such as "Monday, 23 March". The day of a round is the same date for everybody. */
export const dayWords = (date: string, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T12:00:00Z`),
  )

/** When something is, by the reader's own clock: "14:00", or with its day when that is another. */
export function clockWords(at: string, date: string, locale?: string, timeZone?: string): string {
  const zone = timeZone ? { timeZone } : {}
  const moment = new Date(at)
  const day = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', ...zone }).format(moment)
  const withDay = day === date ? {} : ({ weekday: 'short' } as const)
  return new Intl.DateTimeFormat(locale, { ...withDay, hour: '2-digit', minute: '2-digit', ...zone }).format(moment)
}

import type { Cadence } from '@meanwhile/shared/contract/check-ins'
import type { Wire } from '../api.ts'
import { localeHere } from '../messages/language-here.ts'
import { say } from './words.ts'

export const weekdayCodes = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const
export type WeekdayCode = (typeof weekdayCodes)[number]
/** What the form offers: every day, weekdays of every week or every second, or dates alone. */
export type Frequency = 'daily' | 'weekly' | 'fortnightly' | 'dates'
export type Pattern = { frequency: Frequency; days: WeekdayCode[] }

/** The first Monday of the world, so that days have names in the reader's language. */
const monday = Date.UTC(1970, 0, 5)
export const weekdayName = (code: WeekdayCode, style: 'short' | 'long' = 'long', locale = localeHere): string =>
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

const listed = (words: string[], locale: string) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(words)

/** More dates than these are counted. */
const mostNamed = 3
const dateWords = (date: string, locale: string) =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${date}T12:00:00Z`))

/** Such as "Every Monday and Thursday". */
export function cadenceWords({ rule, dates }: Pick<Wire<typeof Cadence>, 'rule' | 'dates'>, locale = localeHere): string {
  if (rule === null) {
    if (dates.length > mostNamed) return say('cadence.manyDates', { count: dates.length })
    const named = dates.map((date) => dateWords(date, locale))
    return say('cadence.onDates', { dates: listed(named, locale) })
  }
  const { FREQ, INTERVAL = '1', BYDAY = '' } = partsOf(rule)
  const count = Number(INTERVAL)
  if (FREQ === 'DAILY')
    return count === 1 ? say('everyDay') : count === 2 ? say('cadence.everySecondDay') : say('cadence.everyDays', { count })
  const codes = weekdayCodes.filter((code) => BYDAY.split(',').includes(code))
  if (codes.join() === 'MO,TU,WE,TH,FR')
    return count === 1
      ? say('cadence.workdays')
      : count === 2
        ? say('cadence.secondWorkdays')
        : say('cadence.weeksWorkdays', { count })
  const names = codes.map((code) => weekdayName(code, 'long', locale))
  const days = listed(names, locale)
  return count === 1
    ? say('cadence.weekdays', { days })
    : count === 2
      ? say('cadence.secondWeekdays', { days })
      : say('cadence.weeksWeekdays', { count, days })
}

/** Such as "Monday, 23 March". The day of a round is the same date for everybody. */
export const dayWords = (date: string, locale = localeHere): string =>
  new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T12:00:00Z`),
  )

/** When something is, by the reader's own clock: "14:00", or with its day when that is another. */
export function clockWords(at: string, date: string, locale = localeHere, timeZone?: string): string {
  const zone = timeZone ? { timeZone } : {}
  const moment = new Date(at)
  const day = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', ...zone }).format(moment)
  const withDay = day === date ? {} : ({ weekday: 'short' } as const)
  return new Intl.DateTimeFormat(locale, { ...withDay, hour: '2-digit', minute: '2-digit', ...zone }).format(moment)
}

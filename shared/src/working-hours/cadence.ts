import 'temporal-polyfill/global'
import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import type { Cadence } from '../contract/check-ins.ts'
import { dateAfter, momentAt, type WorkCalendar, workday } from './clock.ts'

type Days = Pick<Cadence, 'rule' | 'dates' | 'startsOn'>

/** Rules know days alone: noon where clocks never change, so that no day is left out or comes twice. */
const noon = (date: string) => Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: 'UTC', plainTime: '12:00' })

const ruleOf = ({ rule, startsOn }: Days) =>
  rule === null ? null : new RRuleTemporal({ rruleString: `RRULE:${rule}`, dtstart: noon(startsOn) })

/** The days between two, both included, on which a check-in takes place; in order. */
export function datesBetween(cadence: Days, from: string, to: string): string[] {
  const first = from > cadence.startsOn ? from : cadence.startsOn
  if (first > to) return []
  const ofRule = ruleOf(cadence)?.between(noon(first), noon(to), true) ?? []
  const named = cadence.dates.filter((date) => first <= date && date <= to)
  return [...new Set([...ofRule.map((each) => each.toPlainDate().toString()), ...named])].sort()
}

/** How far is looked for a day: nine weeks are the longest that a rule waits. */
const horizonDays = 70

/** The first day from one on; null when there is none that is near, and none that was named. */
export function nextDate(cadence: Days, from: string): string | null {
  const start = from > cadence.startsOn ? from : cadence.startsOn
  const [soon] = datesBetween(cadence, from, dateAfter(start, horizonDays))
  return soon ?? cadence.dates.filter((date) => date >= start).sort()[0] ?? null
}

/** When one person is asked. */
export type AskedTimes = { opensAt: Date; dueAt: Date; remindAt: Date }

/**
 * When a round of a date opens for somebody, is due and is reminded of, by their own clock; null when they do not work on that date. What
 * would be due before it opens is due at the end of their workday, and what opens after that at the end of their day.
 */
export function askedTimes(
  calendar: WorkCalendar,
  date: string,
  { opens, due }: { opens: string; due: string },
): AskedTimes | null {
  const day = workday(calendar, date)
  if (!day) return null
  const opensAt = opens === 'start' ? day.from : momentAt(calendar, date, opens)
  const wanted = due === 'end' ? day.to : momentAt(calendar, date, due)
  const dueAt = [wanted, day.to, momentAt(calendar, date, '24:00')].find((each) => each > opensAt) ?? opensAt
  return { opensAt, dueAt, remindAt: new Date(Math.max(opensAt.getTime(), day.from.getTime())) }
}

import { Temporal } from 'temporal-polyfill'
import { type DayOff, type WorkingHours, weekdays } from '../contract/profile.ts'

/** When somebody works. Hours are by the clock of their zone, days off are whole days there. */
export type WorkCalendar = { timeZone: string; hours: WorkingHours; daysOff: readonly DayOff[] }

/** Half-open, in real time: a day on which clocks change is an hour longer or shorter. */
export type Stretch = { from: Date; to: Date }

const hour = { from: '09:00', to: '17:00' }
const usualHours: WorkingHours = {
  monday: hour,
  tuesday: hour,
  wednesday: hour,
  thursday: hour,
  friday: hour,
  saturday: null,
  sunday: null,
}

/** Nobody is away for longer; who never works is never waited for. */
const longestAbsenceDays = 800

/** The calendar of somebody who may not have said when they work: then Monday to Friday, 9 to 5. */
export const calendarOf = (person: {
  timeZone: string | null
  workingHours: WorkingHours | null
  daysOff: readonly DayOff[]
}): WorkCalendar => ({
  timeZone: person.timeZone ?? 'UTC',
  hours: person.workingHours ?? usualHours,
  daysOff: person.daysOff,
})

const local = ({ timeZone }: { timeZone: string }, at: Date) =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone)

/** The date on which a moment falls for them, as `2026-03-29`. */
export const localDate = (calendar: { timeZone: string }, at: Date): string => local(calendar, at).toPlainDate().toString()

/** @param days may be negative @returns the date so many days after another */
export const dateAfter = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString()

/**
 * The moment at which their clock shows a time, `24:00` being the end of the day. A time that a change of clocks leaves out is taken as much
 * later; one that comes twice is the first (RFC 5545, section 3.3.5).
 */
export function momentAt({ timeZone }: { timeZone: string }, date: string, time: string): Date {
  const isEnd = time === '24:00'
  const day = Temporal.PlainDate.from(date).add({ days: isEnd ? 1 : 0 })
  const at = day.toZonedDateTime({ timeZone, plainTime: isEnd ? '00:00' : time })
  return new Date(at.epochMilliseconds)
}

/** When they work on a date of theirs; null on a day without work, or off. */
export function workday(calendar: WorkCalendar, date: string): Stretch | null {
  const { dayOfWeek } = Temporal.PlainDate.from(date)
  const hours = calendar.hours[weekdays[dayOfWeek - 1]!]
  if (!hours || calendar.daysOff.some(({ from, to }) => from <= date && date <= to)) return null
  const from = momentAt(calendar, date, hours.from)
  const to = momentAt(calendar, date, hours.to)
  return from < to ? { from, to } : null
}

/** Their workdays from the one that a moment falls into, or the next. Ends when they do not work for more than two years. */
export function* workdaysFrom(calendar: WorkCalendar, at: Date): Generator<Stretch & { date: string }> {
  let date = localDate(calendar, at)
  for (let idle = 0; idle < longestAbsenceDays; idle++, date = dateAfter(date, 1)) {
    const day = workday(calendar, date)
    if (!day || day.to <= at) continue
    idle = 0
    yield { ...day, date }
  }
}

/** The first moment from `at` on at which they work; null when they never do. */
export function nextWork(calendar: WorkCalendar, at: Date): Date | null {
  for (const { from } of workdaysFrom(calendar, at)) return from > at ? from : at
  return null
}

/** When so much of their working time has passed, the clock standing still outside of it; null when it never has. @param ms working time */
export function afterWorkingTime(calendar: WorkCalendar, at: Date, ms: number): Date | null {
  let left = ms
  for (const { from, to } of workdaysFrom(calendar, at)) {
    const start = Math.max(from.getTime(), at.getTime())
    if (left <= to.getTime() - start) return new Date(start + left)
    left -= to.getTime() - start
  }
  return null
}

/**
 * When so many of their working days have passed. A minute of work is its share of that day, so that a short Friday is a day too: what is
 * asked on Monday at 14:00 has a day until Tuesday at 14:00, what comes at night has the whole day after it. Null when they never work.
 */
export function afterWorkingDays(calendar: WorkCalendar, at: Date, days: number): Date | null {
  let left = days
  for (const { from, to } of workdaysFrom(calendar, at)) {
    const start = Math.max(from.getTime(), at.getTime())
    const length = to.getTime() - from.getTime()
    const share = (to.getTime() - start) / length
    // Shares of days are added up: what is less than a ms is not time.
    if (left <= share + 0.5 / length) return new Date(Math.round(start + left * length))
    left -= share
  }
  return null
}

/** How much they work between two moments, in ms. */
export function workingTimeBetween(calendar: WorkCalendar, from: Date, to: Date): number {
  let sum = 0
  for (const day of workdaysFrom(calendar, from)) {
    if (day.from >= to) break
    sum += Math.min(day.to.getTime(), to.getTime()) - Math.max(day.from.getTime(), from.getTime())
  }
  return sum
}

/** When all of them work at once, between two moments. Without anybody, never. */
export function overlapOf(calendars: readonly WorkCalendar[], from: Date, to: Date): Stretch[] {
  const [first, ...others] = calendars.map((calendar) => stretchesBetween(calendar, from, to))
  return (first ?? []).flatMap((stretch) => others.reduce((common, other) => cut(common, other), [stretch]))
}

function stretchesBetween(calendar: WorkCalendar, from: Date, to: Date): Stretch[] {
  const found: Stretch[] = []
  for (const day of workdaysFrom(calendar, from)) {
    if (day.from >= to) break
    found.push(...cut([day], [{ from, to }]))
  }
  return found
}

const cut = (some: readonly Stretch[], others: readonly Stretch[]): Stretch[] =>
  some.flatMap((one) =>
    others.flatMap((other) => {
      const from = new Date(Math.max(one.from.getTime(), other.from.getTime()))
      const to = new Date(Math.min(one.to.getTime(), other.to.getTime()))
      return from < to ? [{ from, to }] : []
    }),
  )

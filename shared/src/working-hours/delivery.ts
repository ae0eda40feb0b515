import type { FocusBlock } from '../contract/delivery.ts'
import { weekdays } from '../contract/profile.ts'
import { dateAfter, localDate, momentAt, type Stretch, type WorkCalendar, workday } from './clock.ts'

/** When somebody works, and when their own calendar says that they are busy. */
export type DeliveryCalendar = WorkCalendar & { busy: readonly Stretch[] }

/** Nobody is away for longer; who never works gets nothing by itself. */
const longestAbsenceDays = 800

const weekdayOf = (date: string) => weekdays[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7]

/** When nothing is delivered on a date of theirs. */
function quietOn(calendar: DeliveryCalendar, blocks: readonly FocusBlock[], date: string): Stretch[] {
  const from = momentAt(calendar, date, '00:00')
  const to = momentAt(calendar, date, '24:00')
  const focus = blocks
    .filter(({ day }) => day === weekdayOf(date))
    .map((block) => ({ from: momentAt(calendar, date, block.from), to: momentAt(calendar, date, block.to) }))
  return [...focus, ...calendar.busy.filter((busy) => busy.from < to && busy.to > from)]
}

/** The first moment from `at` on that lies in none of them. */
function afterAll(quiet: readonly Stretch[], at: Date): Date {
  const inside = quiet.find(({ from, to }) => from <= at && at < to)
  return inside ? afterAll(quiet, inside.to) : at
}

/** The moments of a date at which they get what is new: a window that falls into focus waits for its end, if that is the same day. */
function deliveriesOn(
  windows: readonly string[],
  calendar: DeliveryCalendar,
  blocks: readonly FocusBlock[],
  date: string,
): Date[] {
  if (!workday(calendar, date)) return []
  const quiet = quietOn(calendar, blocks, date)
  const moments = windows
    .map((time) => afterAll(quiet, momentAt(calendar, date, time)).getTime())
    .filter((at) => localDate(calendar, new Date(at)) === date)
  return [...new Set(moments)].sort((a, b) => a - b).map((at) => new Date(at))
}

/**
 * When somebody gets what happens at a moment: the next of their windows on a day on which they work, never in focus and never on a day off.
 * Null when they do not work for more than two years.
 */
export function nextDelivery(
  windows: readonly string[],
  calendar: DeliveryCalendar,
  blocks: readonly FocusBlock[],
  at: Date,
): Date | null {
  const today = localDate(calendar, at)
  for (let days = 0; days < longestAbsenceDays; days++) {
    const next = deliveriesOn(windows, calendar, blocks, dateAfter(today, days)).find((moment) => moment > at)
    if (next) return next
  }
  return null
}

/** The window of today that has come, to be delivered now or as soon as somebody can; null before the first one, in focus and on days off. */
export function openDelivery(
  windows: readonly string[],
  calendar: DeliveryCalendar,
  blocks: readonly FocusBlock[],
  at: Date,
): Date | null {
  const date = localDate(calendar, at)
  if (afterAll(quietOn(calendar, blocks, date), at) > at) return null
  return deliveriesOn(windows, calendar, blocks, date).findLast((moment) => moment <= at) ?? null
}

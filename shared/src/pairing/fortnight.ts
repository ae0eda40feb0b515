import { Temporal } from 'temporal-polyfill'
import { dateAfter, localDate, momentAt, nextWork, type WorkCalendar } from '../working-hours/clock.ts'

/** Where a day begins first, and where it ends last. */
const firstZone = { timeZone: 'Pacific/Kiritimati' }
const lastZone = { timeZone: 'Etc/GMT+12' }
const days = 14

/** For how long answers stay once they are shown. */
export const pairingKeptMs = 30 * 86_400_000
/** What a recorder may be late when it stops. */
export const stopsWithinMs = 1_000

/** The first Monday that has begun nowhere yet. */
export function nextMonday(now: Date): string {
  const tomorrow = Temporal.PlainDate.from(localDate(firstZone, now)).add({ days: 1 })
  return tomorrow.add({ days: (8 - tomorrow.dayOfWeek) % 7 }).toString()
}

/** The Monday of the fortnight that a moment is in, as soon as it has begun somewhere; null before the first. @param from that one */
export function fortnightAt(from: string, now: Date): string | null {
  const passed = Temporal.PlainDate.from(from).until(localDate(firstZone, now), { largestUnit: 'days' }).days
  return passed < 0 ? null : dateAfter(from, passed - (passed % days))
}

/** When a fortnight is over everywhere. */
export const fortnightEnd = (startsOn: string): Date => momentAt(lastZone, dateAfter(startsOn, days), '00:00')

/** When somebody is told: as soon as they work in a fortnight, by their own calendar; null for who does not. */
export function toldAt(calendar: WorkCalendar, startsOn: string, now: Date): Date | null {
  const begins = momentAt(calendar, startsOn, '00:00')
  const at = nextWork(calendar, begins > now ? begins : now)
  return at && at < momentAt(calendar, dateAfter(startsOn, days), '00:00') ? at : null
}

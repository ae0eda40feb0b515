import type { MeetingTimes } from '@meanwhile/shared/working-hours/hours-given-back'
import { spentText } from '../channels/attention.ts'

const often = { week: 'a week', 'two weeks': 'every two weeks', month: 'a month' }

/** What a meeting was: `6 people, 15 min, 5 a week`. */
export const meetingText = ({ people, minutes, times, per }: MeetingTimes): string =>
  `${people} people, ${spentText(minutes * 60_000)}, ${times} ${often[per]}`

const minute = 60_000

/** Time of a whole team: nobody asks for its seconds. */
export const teamTime = (ms: number): string =>
  Math.abs(ms) < minute / 2 ? '0 min' : spentText(Math.round(Math.abs(ms) / minute) * minute)

/** The same with its sign: `−2 h 10 min`. */
export const signedTime = (ms: number): string => (ms <= -minute / 2 ? `−${teamTime(ms)}` : teamTime(ms))

/** The number of a week and what it is: `7 h 40 min`, `given back last week`. */
export function weekWords({ givenBackMs, isOver }: { givenBackMs: number; isOver: boolean }): { number: string; text: string } {
  const when = isOver ? 'last week' : 'this week so far'
  if (givenBackMs <= -minute / 2) return { number: teamTime(givenBackMs), text: `more than the meetings took, ${when}` }
  return { number: teamTime(givenBackMs), text: `given back ${when}` }
}

/** Just so where there is little room: it breaks between hours and minutes alone. */
export const cellTime = (ms: number): string => signedTime(ms).replace(/(\d) /g, '$1\u00a0')

/** A day of the calendar, the same wherever it is read: `23 Mar 2026`. */
export const dayText = (day: string, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))

/** Just so without its year, of weeks that are not long ago: `23 Mar`. */
export const weekText = (day: string, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))

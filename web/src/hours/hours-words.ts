import type { MeetingTimes } from '@meanwhile/shared/working-hours/hours-given-back'
import { spentText } from '../channels/attention.ts'
import { localeHere } from '../messages/language-here.ts'
import { say } from './words.ts'

/** What a meeting was: `6 people, 15 min, 5 a week`. */
export function meetingText({ people, minutes, times, per }: MeetingTimes): string {
  const time = spentText(minutes * 60_000)
  if (per === 'week') return say('meeting.perWeek', { people, time, times })
  if (per === 'month') return say('meeting.perMonth', { people, time, times })
  return say('meeting.perTwoWeeks', { people, time, times })
}

const minute = 60_000

/** Time of a whole team: nobody asks for its seconds. */
export const teamTime = (ms: number): string =>
  Math.abs(ms) < minute / 2 ? '0 min' : spentText(Math.round(Math.abs(ms) / minute) * minute)

/** The same with its sign: `−2 h 10 min`. */
export const signedTime = (ms: number): string => (ms <= -minute / 2 ? `−${teamTime(ms)}` : teamTime(ms))

/** The number of a week and what it is: `7 h 40 min`, `given back last week`. */
export function weekWords({ givenBackMs, isOver }: { givenBackMs: number; isOver: boolean }): { number: string; text: string } {
  const number = teamTime(givenBackMs)
  if (givenBackMs <= -minute / 2) return { number, text: say(isOver ? 'week.more' : 'week.moreSoFar') }
  return { number, text: say(isOver ? 'week.given' : 'week.givenSoFar') }
}

/** Just so where there is little room: it breaks between hours and minutes alone. */
export const cellTime = (ms: number): string => signedTime(ms).replace(/(\d) /g, '$1\u00a0')

/** A day of the calendar, the same wherever it is read: `23 Mar 2026`. */
export const dayText = (day: string, locale = localeHere): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))

/** Just so without its year, of weeks that are not long ago: `23 Mar`. */
export const weekText = (day: string, locale = localeHere): string =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))

/** How much of people's time a meeting takes, and how often. */
export type MeetingTimes = { people: number; minutes: number; times: number; per: 'week' | 'two weeks' | 'month' }

/** One that is not held any more, from a date on, up to another. */
export type Replaced = MeetingTimes & { since: string; until: string | null; place: string | null }

/** What was recorded and watched in a place in a week. */
export type PlaceWeek = { week: string; place: string; recordedMs: number; watchedMs: number }

export type WeekGivenBack = {
  week: string
  isOver: boolean
  cancelledMs: number
  recordedMs: number
  watchedMs: number
  givenBackMs: number
}

const minuteMs = 60_000
const dayMs = 86_400_000
/** Meetings are held on these days of a week; of a team that meets on others, whole weeks are right all the same. */
const meetingDays = 5
/** How many weeks a stretch has. */
export const weeksOf = { week: 1, 'two weeks': 2, month: 365.25 / 12 / 7 }

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10)
const atOf = (day: string) => Date.parse(`${day}T00:00:00Z`)
const after = (day: string, days: number) => dayOf(atOf(day) + days * dayMs)

/** The Monday of the week of a date. */
export function weekOf(day: string): string {
  const weekday = (new Date(atOf(day)).getUTCDay() + 6) % 7
  return after(day, -weekday)
}

/** What a meeting takes of everybody in it together in a week. */
export const weeklyMs = ({ people, minutes, times, per }: MeetingTimes): number =>
  (people * minutes * times * minuteMs) / weeksOf[per]

/** What it would have taken in a week, as far as `today`, had it been held. */
export function cancelledMs(meeting: Replaced, week: string, today: string): number {
  const days = Array.from({ length: meetingDays }, (_, index) => after(week, index))
  const counted = days.filter((day) => day >= meeting.since && (!meeting.until || day < meeting.until) && day <= today)
  return (weeklyMs(meeting) * counted.length) / meetingDays
}

const sum = (numbers: number[]) => numbers.reduce((all, each) => all + each, 0)

/** One week. A place counts as soon as one meeting that it replaces does, and once, however many do. */
function givenBackIn(week: string, meetings: readonly Replaced[], measured: readonly PlaceWeek[], today: string): WeekGivenBack {
  const held = meetings
    .map((meeting) => ({ place: meeting.place, ms: cancelledMs(meeting, week, today) }))
    .filter(({ ms }) => ms > 0)
  const places = new Set(held.map(({ place }) => place))
  const counted = measured.filter((each) => each.week === week && places.has(each.place))
  const cancelled = Math.round(sum(held.map(({ ms }) => ms)))
  const recordedMs = sum(counted.map((each) => each.recordedMs))
  const watchedMs = sum(counted.map((each) => each.watchedMs))
  const givenBackMs = cancelled - recordedMs - watchedMs
  return { week, isOver: after(week, 7) <= today, cancelledMs: cancelled, recordedMs, watchedMs, givenBackMs }
}

/**
 * The weeks up to `today`, newest first, at most so many: back to the first in which a meeting was replaced, and not beyond `measuredSince`,
 * before which nobody knows what was recorded and watched. Dates are in UTC.
 */
export function hoursGivenBack(
  meetings: readonly Replaced[],
  measured: readonly PlaceWeek[],
  { today, weeks, measuredSince }: { today: string; weeks: number; measuredSince: string | null },
): WeekGivenBack[] {
  const begun = meetings.map(({ since }) => since).toSorted()[0]
  if (begun === undefined || measuredSince === null) return []
  const first = [weekOf(begun), weekOf(measuredSince)].toSorted()[1] as string
  const found: WeekGivenBack[] = []
  for (let week = weekOf(today); week >= first && found.length < weeks; week = after(week, -7))
    found.push(givenBackIn(week, meetings, measured, today))
  return found
}

import ICAL from 'ical.js'
import { type MeetingTimes, weeklyMs, weeksOf } from './hours-given-back.ts'

/** A meeting as a calendar tells it. */
export type RecurringMeeting = MeetingTimes & { name: string }

/** It cannot be read: it is none, or longer than 20 million characters. */
export class MeetingsUnreadable extends Error {
  override readonly name = 'MeetingsUnreadable'
  readonly why: 'no-calendar' | 'too-large'

  constructor(why: MeetingsUnreadable['why']) {
    super(why)
    this.why = why
  }
}

/** Years of a busy calendar. */
const mostCharacters = 20_000_000
/** One event with some hundreds of people; longer ones are left out, because reading takes time. */
const mostOfOne = 100_000
/** More than anybody looks through. */
const mostMeetings = 500
const longestName = 80
const weekMs = 7 * 86_400_000
const limits = { people: 1000, minutes: 480, times: 50 }

const textOf = (component: ICAL.Component, name: string) => String(component.getFirstPropertyValue(name) ?? '')

/** The texts of the events that repeat. Line by line: a pattern over all of it takes the square of its length. */
function repeatingEvents(text: string): string[] {
  const found: string[] = []
  let event: string[] | null = null
  let isInCalendar = false
  for (const line of text.split('\n')) {
    const said = line.trim().toUpperCase()
    if (said === 'BEGIN:VCALENDAR') isInCalendar = true
    if (said === 'BEGIN:VEVENT') event = []
    event?.push(line.replace(/\r$/, ''))
    if (said !== 'END:VEVENT' || !event) continue
    const whole = event.join('\r\n')
    if (event.some((each) => /^RRULE/i.test(each)) && whole.length <= mostOfOne) found.push(whole)
    event = null
  }
  if (!isInCalendar) throw new MeetingsUnreadable('no-calendar')
  return found
}

/** Whose time it takes: not that of rooms, nor of who has declined. */
function peopleIn(event: ICAL.Component): number {
  const people = new Set<string>()
  const declined = new Set<string>()
  for (const attendee of event.getAllProperties('attendee')) {
    const said = (name: string) => String(attendee.getParameter(name) ?? '').toUpperCase()
    if (['RESOURCE', 'ROOM'].includes(said('cutype')) || said('role') === 'NON-PARTICIPANT') continue
    const address = String(attendee.getFirstValue()).toLowerCase()
    if (said('partstat') === 'DECLINED') declined.add(address)
    else people.add(address)
  }
  const organizer = textOf(event, 'organizer').toLowerCase()
  if (organizer && people.size > 0 && !declined.has(organizer)) people.add(organizer)
  return people.size
}

/** Never more often than it is: of what does not fit, less. */
const perTwoWeeks = (times: number, interval: number): Pick<MeetingTimes, 'times' | 'per'> | null => {
  if (interval === 1) return { times, per: 'week' }
  if (Number.isInteger((2 * times) / interval)) return { times: (2 * times) / interval, per: 'two weeks' }
  const monthly = Math.floor((times * weeksOf.month) / interval)
  return monthly > 0 ? { times: monthly, per: 'month' } : null
}

/** How often a rule (RFC 5545) makes it happen; null for less than once a month, and for what meetings do not do. */
function howOften(rule: ICAL.Recur): Pick<MeetingTimes, 'times' | 'per'> | null {
  const { freq, interval } = rule
  const count = (part: 'BYDAY' | 'BYMONTHDAY' | 'BYSETPOS') => rule.getComponent(part).length
  const days = count('BYDAY')
  if (freq === 'WEEKLY') return perTwoWeeks(Math.max(1, days), interval)
  if (freq === 'DAILY') return perTwoWeeks(days || 7, interval)
  if (freq !== 'MONTHLY' || interval !== 1) return null
  const places = count('BYSETPOS') || count('BYMONTHDAY')
  if (places > 0) return { times: places, per: 'month' }
  const byDay = rule.getComponent('BYDAY').map(String)
  // Without a number it is each such weekday of the month.
  const every = byDay.filter((day) => !/\d/.test(day)).length
  if (every > 0) return { times: every, per: 'week' }
  return { times: Math.max(1, byDay.length), per: 'month' }
}

/** The last day on which a rule makes it happen, as far as it says so. Of one that counts, about when it has counted. */
function endsOn(rule: ICAL.Recur, start: ICAL.Time, { times, per }: Pick<MeetingTimes, 'times' | 'per'>): Date | null {
  if (rule.until) return rule.until.toJSDate()
  if (!rule.count) return null
  return new Date(start.toJSDate().getTime() + (rule.count / times) * weeksOf[per] * weekMs)
}

function meetingIn(text: string, now: Date): RecurringMeeting | null {
  const component = new ICAL.Component(ICAL.parse(text) as never)
  if (textOf(component, 'status').toUpperCase() === 'CANCELLED') return null
  const event = new ICAL.Event(component)
  const rule = component.getFirstPropertyValue('rrule')
  if (!(rule instanceof ICAL.Recur) || !event.startDate || event.startDate.isDate || event.isRecurrenceException()) return null
  const often = howOften(rule)
  const minutes = Math.round(event.duration.toSeconds() / 60)
  const people = peopleIn(component)
  const name = event.summary?.replace(/\s+/g, ' ').trim().slice(0, longestName)
  if (!often || !name || people < 2 || minutes < 1) return null
  const last = endsOn(rule, event.startDate, often)
  if (last && last < now) return null
  return {
    name,
    people: Math.min(people, limits.people),
    minutes: Math.min(minutes, limits.minutes),
    times: Math.min(often.times, limits.times),
    per: often.per,
  }
}

const attempt = (text: string, now: Date): RecurringMeeting | null => {
  try {
    return meetingIn(text, now)
  } catch {
    // One event that cannot be read takes none of the others along.
    return null
  }
}

/** What a meeting takes of everybody comes first where that is most; the same one twice is one. */
const inOrder = (meetings: RecurringMeeting[]): RecurringMeeting[] => {
  const once = new Map(meetings.map((meeting) => [JSON.stringify(meeting), meeting]))
  return [...once.values()].toSorted((a, b) => weeklyMs(b) - weeklyMs(a) || a.name.localeCompare(b.name))
}

/**
 * The meetings of a calendar file (RFC 5545) that repeat, have two people or more and are not over, those that take most first.
 * @throws {MeetingsUnreadable}
 */
export function recurringMeetings(text: string, now: Date): RecurringMeeting[] {
  if (text.length > mostCharacters) throw new MeetingsUnreadable('too-large')
  const meetings = repeatingEvents(text)
    .slice(0, mostMeetings)
    .flatMap((event) => attempt(event, now) ?? [])
  return inOrder(meetings)
}

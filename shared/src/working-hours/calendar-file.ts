import ICAL from 'ical.js'
import { type Weekday, type WorkingHours, weekdays } from '../contract/profile.ts'
import { dateAfter, localDate } from './clock.ts'
import { zoneComponent } from './zone-component.ts'

type Person = {
  person: { id: string; name: string }
  timeZone: string | null
  workingHours: WorkingHours
  daysOff: readonly { from: string; to: string }[]
}
type Team = { id: string; name: string; people: readonly Person[] }
type Hours = { from: string; to: string }

/** Days off that are further away are left out of what recurs: a calendar asks again long before. */
const daysAhead = 400

const codes: Record<Weekday, string> = {
  monday: 'MO',
  tuesday: 'TU',
  wednesday: 'WE',
  thursday: 'TH',
  friday: 'FR',
  saturday: 'SA',
  sunday: 'SU',
}

/** Days on which somebody works the same hours are one event. */
function groupsOf(hours: WorkingHours) {
  const groups = new Map<string, { hours: Hours; days: Weekday[] }>()
  for (const day of weekdays) {
    const open = hours[day]
    if (!open) continue
    const key = `${open.from}–${open.to}`
    const group = groups.get(key) ?? { hours: open, days: [] }
    group.days.push(day)
    groups.set(key, group)
  }
  return [...groups.values()]
}

const weekdayOf = (date: string): Weekday => weekdays[(ICAL.Time.fromDateString(date).dayOfWeek(ICAL.Time.MONDAY) + 6) % 7]!

/** The dates from one on that fall on one of some weekdays. */
const datesOn = (days: readonly Weekday[], from: string, count: number) =>
  Array.from({ length: count }, (_, index) => dateAfter(from, index)).filter((date) => days.includes(weekdayOf(date)))

const localTime = (date: string, time: string) =>
  ICAL.Time.fromDateTimeString(time === '24:00' ? `${dateAfter(date, 1)}T00:00:00` : `${date}T${time}:00`)

function zoned(event: ICAL.Component, name: string, time: ICAL.Time, timeZone: string) {
  const property = event.addPropertyWithValue(name, time)
  property.setParameter('tzid', timeZone)
}

function eventOf(uid: string, summary: string, now: Date): ICAL.Component {
  const event = new ICAL.Component('vevent')
  event.addPropertyWithValue('uid', uid)
  event.addPropertyWithValue('dtstamp', ICAL.Time.fromJSDate(now, true))
  event.addPropertyWithValue('summary', summary)
  // That somebody works is no appointment of the one who looks.
  event.addPropertyWithValue('transp', 'TRANSPARENT')
  return event
}

/** When somebody works, from today on: an event a week for each stretch, but for their days off. */
function workOf({ person, timeZone, workingHours, daysOff }: Person & { timeZone: string }, team: Team, now: Date) {
  const today = localDate({ timeZone }, now)
  return groupsOf(workingHours).map(({ hours, days }) => {
    const byday = days.map((day) => codes[day])
    const event = eventOf(`work-${person.id}-${byday.join('-')}@${team.id}`, `${person.name} works`, now)
    const [first = today, ...more] = datesOn(days, today, daysAhead)
    zoned(event, 'dtstart', localTime(first, hours.from), timeZone)
    zoned(event, 'dtend', localTime(first, hours.to), timeZone)
    event.addPropertyWithValue('rrule', ICAL.Recur.fromData({ freq: 'WEEKLY', byday }))
    for (const date of [first, ...more])
      if (daysOff.some(({ from, to }) => from <= date && date <= to))
        zoned(event, 'exdate', localTime(date, hours.from), timeZone)
    return event
  })
}

/** A day off is a whole day, wherever somebody looks at it from. */
const daysOffOf = ({ person, daysOff }: Person, team: Team, now: Date) =>
  daysOff.map(({ from, to }) => {
    const event = eventOf(`off-${person.id}-${from}-${to}@${team.id}`, `${person.name} is off`, now)
    event.addPropertyWithValue('dtstart', ICAL.Time.fromDateString(from))
    event.addPropertyWithValue('dtend', ICAL.Time.fromDateString(dateAfter(to, 1)))
    return event
  })

/** Who of a team works when, and their days off, as a calendar (RFC 5545). Who has not said where they are works nowhere in it. */
export function workCalendarFile(team: Team, now: Date): string {
  const calendar = new ICAL.Component('vcalendar')
  calendar.addPropertyWithValue('version', '2.0')
  calendar.addPropertyWithValue('prodid', '-//Meanwhile//Agreement//EN')
  calendar.addPropertyWithValue('calscale', 'GREGORIAN')
  calendar.addPropertyWithValue('x-wr-calname', `${team.name}: who works when`)
  const located = team.people.flatMap((each) => (each.timeZone === null ? [] : [{ ...each, timeZone: each.timeZone }]))
  for (const timeZone of new Set(located.map((each) => each.timeZone))) calendar.addSubcomponent(zoneComponent(timeZone, now))
  for (const each of located) for (const event of workOf(each, team, now)) calendar.addSubcomponent(event)
  for (const each of team.people) for (const event of daysOffOf(each, team, now)) calendar.addSubcomponent(event)
  return `${calendar.toString()}\r\n`
}

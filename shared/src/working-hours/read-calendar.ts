import ICAL from 'ical.js'
import { type DayOff, TimeZone } from '../contract/profile.ts'
import { momentAt, type Stretch } from './clock.ts'

/** What is kept of a calendar: when, never what. */
export type CalendarStretches = { busy: Stretch[]; daysOff: DayOff[] }

/** More than a person has in some weeks; a calendar that needs more steps is refused. */
const mostStretches = 2_000
const mostSteps = 40_000

/** It cannot be read. Its message is for people. */
export class CalendarUnreadable extends Error {
  override readonly name = 'CalendarUnreadable'
}

export type CalendarSpan = { timeZone: string; from: Date; to: Date }

const two = (number: number) => String(number).padStart(2, '0')
const dateOf = ({ year, month, day }: ICAL.Time) => `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`

/** A name of IANA is counted by our own rules; else by those that the calendar brings; a time without a zone is one of its reader. */
function moment(time: ICAL.Time, timeZone: string): Date {
  const clock = `${two(time.hour)}:${two(time.minute)}`
  const { zone } = time
  if (zone === ICAL.Timezone.utcTimezone) return new Date(time.toUnixTime() * 1000)
  const named = TimeZone.safeParse(zone?.tzid ?? '')
  if (named.success) return momentAt({ timeZone: named.data }, dateOf(time), clock)
  if (zone && zone !== ICAL.Timezone.localTimezone) return new Date(time.toUnixTime() * 1000)
  return momentAt({ timeZone }, dateOf(time), clock)
}

/** Whether an event takes its person's time, as calendars say it (RFC 5545, section 3.8.2.7, and what Outlook says beside it). */
function isBusy(component: ICAL.Component): boolean {
  const said = (name: string) => String(component.getFirstPropertyValue(name) ?? '').toUpperCase()
  if (said('status') === 'CANCELLED' || said('transp') === 'TRANSPARENT') return false
  return !['FREE', 'TENTATIVE', 'WORKINGELSEWHERE'].includes(said('x-microsoft-cdo-busystatus'))
}

type Occurrence = { component: ICAL.Component; start: ICAL.Time; end: ICAL.Time }

/** The occurrences of an event that reach into a span, an exception in place of what it changes. */
function* occurrences(event: ICAL.Event, { timeZone, from, to }: CalendarSpan, count: () => void): Generator<Occurrence> {
  if (!event.isRecurring()) return yield { component: event.component, start: event.startDate, end: event.endDate }
  const iterator = event.iterator()
  for (let next = iterator.next(); next; next = iterator.next()) {
    count()
    const { item, startDate: start, endDate: end } = event.getOccurrenceDetails(next)
    // What was moved may lie elsewhere: the series itself says when to stop.
    if (moment(next, timeZone) > to) return
    if (moment(end, timeZone) > from) yield { component: item.component, start, end }
  }
}

const merged = (stretches: Stretch[]): Stretch[] =>
  stretches
    .toSorted((a, b) => a.from.getTime() - b.from.getTime())
    .reduce<Stretch[]>((all, next) => {
      const last = all.at(-1)
      if (last && next.from <= last.to) last.to = new Date(Math.max(next.to.getTime(), last.to.getTime()))
      else all.push({ ...next })
      return all
    }, [])

const parsed = (text: string) => {
  const found = ICAL.parse(text) as unknown[]
  return new ICAL.Component((typeof found[0] === 'string' ? found : found[0]) as never)
}

const isReadable = (event: string) => {
  try {
    parsed(event)
    return true
  } catch {
    return false
  }
}

/** The text without the events that cannot be read. Line by line: a pattern over all of it takes the square of its length. */
function readablePart(text: string): string {
  const kept: string[] = []
  let event: string[] | null = null
  for (const line of text.split(/(?<=\n)/)) {
    const said = line.trimEnd().toUpperCase()
    if (said === 'BEGIN:VEVENT' && !event) event = []
    if (event) event.push(line)
    else kept.push(line)
    if (said !== 'END:VEVENT' || !event) continue
    const whole = event.join('')
    if (isReadable(whole)) kept.push(whole)
    event = null
  }
  return kept.join('')
}

/** One event that cannot be read takes none of the others along. */
function eventsIn(text: string): ICAL.Component[] {
  try {
    const root = parsed(isReadable(text) ? text : readablePart(text))
    if (root.name === 'vcalendar') return root.getAllSubcomponents('vevent')
  } catch {
    // What is wrong with it says nothing to people.
  }
  throw new CalendarUnreadable('It is not a calendar')
}

/**
 * Reads when somebody is busy in a span, and on which days of it they are away: events of whole days that take their time.
 * @throws {CalendarUnreadable}
 */
export function readCalendar(text: string, span: CalendarSpan): CalendarStretches {
  let steps = 0
  const count = () => {
    if (++steps > mostSteps) throw new CalendarUnreadable('It has too many events')
  }
  const events = eventsIn(text)
  const busy: Stretch[] = []
  const daysOff: DayOff[] = []
  for (const component of events) {
    count()
    try {
      const event = new ICAL.Event(component)
      if (event.isRecurrenceException() || !event.startDate) continue
      for (const { component: item, start, end } of occurrences(event, span, count)) {
        const stretch = { from: moment(start, span.timeZone), to: moment(end, span.timeZone) }
        if (!isBusy(item) || stretch.from >= span.to || stretch.to <= span.from) continue
        if (start.isDate) daysOff.push({ from: dateOf(start), to: dateBefore(end, start) })
        else if (stretch.from < stretch.to) busy.push(stretch)
      }
    } catch (error) {
      if (error instanceof CalendarUnreadable) throw error
    }
  }
  return { busy: merged(busy).slice(0, mostStretches), daysOff: daysOff.slice(0, mostStretches) }
}

/** The end of an event of whole days is the day after it. */
function dateBefore(end: ICAL.Time, start: ICAL.Time): string {
  const last = end.clone()
  last.adjust(-1, 0, 0, 0)
  const days = [dateOf(start), dateOf(last)].toSorted()
  return days[1] as string
}

import ICAL from 'ical.js'
import { Temporal } from 'temporal-polyfill'

/** How far a calendar knows when clocks change; it asks again long before. */
const yearsAhead = 5

const plain = (time: Temporal.PlainDateTime) => time.toString({ smallestUnit: 'second' })

/** One stretch of a zone's time. @param at when it begins, as clocks showed it before */
function observance(at: Temporal.PlainDateTime, before: Temporal.ZonedDateTime, after: Temporal.ZonedDateTime) {
  const component = new ICAL.Component(after.offsetNanoseconds > before.offsetNanoseconds ? 'daylight' : 'standard')
  component.addPropertyWithValue('dtstart', ICAL.Time.fromDateTimeString(plain(at)))
  const offset = ({ offset: text }: Temporal.ZonedDateTime) => ICAL.UtcOffset.fromString(text)
  component.addPropertyWithValue('tzoffsetfrom', offset(before))
  component.addPropertyWithValue('tzoffsetto', offset(after))
  return component
}

/** When the clocks of a zone change, from a day before on, one by one: what no calendar program has to guess (RFC 5545, section 3.6.5). */
export function zoneComponent(timeZone: string, now: Date): ICAL.Component {
  const component = new ICAL.Component('vtimezone')
  component.addPropertyWithValue('tzid', timeZone)
  const start = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone).subtract({ days: 2 })
  component.addSubcomponent(observance(start.toPlainDateTime(), start, start))
  const end = start.add({ years: yearsAhead })
  for (let next = start.getTimeZoneTransition('next'); next && Temporal.ZonedDateTime.compare(next, end) < 0; ) {
    const before = next.subtract({ nanoseconds: 1 })
    const local = next.toInstant().toZonedDateTimeISO('UTC').toPlainDateTime().add({ nanoseconds: before.offsetNanoseconds })
    component.addSubcomponent(observance(local, before, next))
    next = next.getTimeZoneTransition('next')
  }
  return component
}

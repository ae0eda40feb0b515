import { expect, test } from 'vitest'
import { CalendarUnreadable, readCalendar } from './read-calendar.ts'

const span = { timeZone: 'Europe/Berlin', from: new Date('2026-03-23T00:00:00Z'), to: new Date('2026-04-06T00:00:00Z') }
const calendar = (...events: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events.map((event) => `BEGIN:VEVENT\n${event}\nEND:VEVENT`), 'END:VCALENDAR']
    .join('\n')
    .replaceAll('\n', '\r\n')
const busyOf = (...events: string[]) =>
  readCalendar(calendar(...events), span).busy.map(({ from, to }) => `${from.toISOString()}/${to.toISOString()}`)

test('a weekly event keeps its hour over a change of clocks, without what was taken out, and with what was moved', () => {
  const found = busyOf(
    'UID:a\nSUMMARY:Secret\nDTSTART;TZID=Europe/Berlin:20260105T100000\nDTEND;TZID=Europe/Berlin:20260105T110000\nRRULE:FREQ=WEEKLY;BYDAY=MO,WE\nEXDATE;TZID=Europe/Berlin:20260325T100000',
    'UID:a\nRECURRENCE-ID;TZID=Europe/Berlin:20260401T100000\nDTSTART;TZID=Europe/Berlin:20260401T130000\nDTEND;TZID=Europe/Berlin:20260401T133000',
  )
  expect(found).toEqual([
    '2026-03-23T09:00:00.000Z/2026-03-23T10:00:00.000Z',
    '2026-03-30T08:00:00.000Z/2026-03-30T09:00:00.000Z',
    '2026-04-01T11:00:00.000Z/2026-04-01T11:30:00.000Z',
  ])
})

test('times are read by UTC, by a zone that the calendar brings, and without one by the clock of its reader', () => {
  const zone =
    'BEGIN:VTIMEZONE\nTZID:Office\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0500\nTZOFFSETTO:+0500\nEND:STANDARD\nEND:VTIMEZONE'
  const text = calendar(
    'UID:a\nDTSTART:20260324T080000Z\nDTEND:20260324T090000Z',
    'UID:b\nDTSTART;TZID=Office:20260325T080000\nDURATION:PT30M',
    'UID:c\nDTSTART:20260326T080000\nDTEND:20260326T090000',
  ).replace('VERSION:2.0', `VERSION:2.0\r\n${zone.replaceAll('\n', '\r\n')}`)
  expect(readCalendar(text, span).busy.map(({ from }) => from.toISOString())).toEqual([
    '2026-03-24T08:00:00.000Z',
    '2026-03-25T03:00:00.000Z',
    '2026-03-26T07:00:00.000Z',
  ])
})

test('whole days that take time are days off; what is free, cancelled or tentative is nothing', () => {
  const { busy, daysOff } = readCalendar(
    calendar(
      'UID:a\nDTSTART;VALUE=DATE:20260330\nDTEND;VALUE=DATE:20260401',
      'UID:b\nDTSTART;VALUE=DATE:20260402\nTRANSP:TRANSPARENT',
      'UID:c\nDTSTART:20260324T080000Z\nDTEND:20260324T090000Z\nSTATUS:CANCELLED',
      'UID:d\nDTSTART:20260324T080000Z\nDTEND:20260324T090000Z\nX-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE',
    ),
    span,
  )
  expect(busy).toEqual([])
  expect(daysOff).toEqual([{ from: '2026-03-30', to: '2026-03-31' }])
})

test('meetings that touch are one stretch, and an event that breaks the rules takes no other along', () => {
  expect(
    busyOf(
      'UID:a\nDTSTART:20260324T080000Z\nDTEND:20260324T090000Z',
      'UID:b\nDTSTART:nonsense\nRRULE:FREQ=NEVER',
      'UID:c\nDTSTART:20260324T090000Z\nDTEND:20260324T093000Z',
    ),
  ).toEqual(['2026-03-24T08:00:00.000Z/2026-03-24T09:30:00.000Z'])
})

test('what is no calendar, and one that would never end, is refused', () => {
  expect(() => readCalendar('<html>Sign in</html>', span)).toThrow(CalendarUnreadable)
  expect(() => readCalendar('', span)).toThrow(CalendarUnreadable)
  expect(() => readCalendar(calendar('UID:a\nDTSTART:19700101T000000Z\nRRULE:FREQ=SECONDLY'), span)).toThrow('too many')
})

test('a long calendar that is none is refused in no time', () => {
  const startedAt = performance.now()
  expect(() => readCalendar('BEGIN:VEVENT\r\n'.repeat(60_000), span)).toThrow(CalendarUnreadable)
  expect(performance.now() - startedAt).toBeLessThan(2_000)
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MeetingsUnreadable, recurringMeetings } from './recurring-meetings.ts'

const now = new Date('2026-03-25T12:00:00Z')
const people = (count: number) => Array.from({ length: count }, (_, n) => `ATTENDEE;PARTSTAT=ACCEPTED:mailto:p${n}@example.org`)

function event(rule: string, { name = 'Stand-up', lines = people(6), end = '20250106T091500' } = {}) {
  const times = ['DTSTART;TZID=Europe/Berlin:20250106T090000', `DTEND;TZID=Europe/Berlin:${end}`]
  return ['BEGIN:VEVENT', `UID:${name}`, `SUMMARY:${name}`, ...times, `RRULE:${rule}`, ...lines, 'END:VEVENT'].join('\r\n')
}
const calendar = (...events: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events, 'END:VCALENDAR', ''].join('\r\n')
const often = (rule: string) => recurringMeetings(calendar(event(rule)), now).map(({ times, per }) => ({ times, per }))

test('a stand-up is told as a team would say it', () => {
  const found = recurringMeetings(calendar(event('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR')), now)
  expect(found).toEqual([{ name: 'Stand-up', people: 6, minutes: 15, times: 5, per: 'week' }])
})

test.each([
  ['FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', { times: 5, per: 'week' }],
  ['FREQ=DAILY', { times: 7, per: 'week' }],
  ['FREQ=DAILY;INTERVAL=2', { times: 7, per: 'two weeks' }],
  ['FREQ=WEEKLY', { times: 1, per: 'week' }],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH', { times: 2, per: 'two weeks' }],
  ['FREQ=WEEKLY;INTERVAL=2', { times: 1, per: 'two weeks' }],
  ['FREQ=WEEKLY;INTERVAL=4', { times: 1, per: 'month' }],
  ['FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,FR', { times: 2, per: 'month' }],
  ['FREQ=MONTHLY;BYDAY=1TU,3TU', { times: 2, per: 'month' }],
  ['FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1', { times: 1, per: 'month' }],
  ['FREQ=MONTHLY;BYMONTHDAY=15', { times: 1, per: 'month' }],
  ['FREQ=MONTHLY', { times: 1, per: 'month' }],
])('%s', (rule, expected) => {
  expect(often(rule)).toEqual([expected])
})

test.each([
  'FREQ=YEARLY',
  'FREQ=MONTHLY;INTERVAL=3',
  'FREQ=WEEKLY;INTERVAL=8',
  'FREQ=HOURLY',
  'FREQ=NEVER',
  'FREQ=WEEKLY;UNTIL=20250601T000000Z',
  'FREQ=WEEKLY;COUNT=10',
  'nothing',
])('%s is no meeting of these weeks', (rule) => {
  expect(often(rule)).toEqual([])
})

test('one that counts is over when it has counted', () => {
  expect(often('FREQ=WEEKLY;COUNT=200')).toHaveLength(1)
})

test('who has declined and what is a room take no time; who invites does', () => {
  const lines = [
    'ORGANIZER:mailto:boss@example.org',
    'ATTENDEE;PARTSTAT=DECLINED:mailto:a@example.org',
    'ATTENDEE;CUTYPE=ROOM:mailto:room@example.org',
    'ATTENDEE;PARTSTAT=TENTATIVE:MAILTO:b@example.org',
    'ATTENDEE:mailto:B@example.org',
  ]
  expect(recurringMeetings(calendar(event('FREQ=WEEKLY', { lines })), now)).toMatchObject([{ people: 2 }])
  expect(recurringMeetings(calendar(event('FREQ=WEEKLY', { lines: [] })), now)).toEqual([])
})

test('what takes most comes first, the same twice is one, and what cannot be read takes nothing along', () => {
  const review = event('FREQ=WEEKLY', { name: 'Review', end: '20250106T110000', lines: people(9) })
  const broken = 'BEGIN:VEVENT\r\nRRULE:FREQ=WEEKLY\r\nDTSTART:soon\r\n:::\r\nEND:VEVENT'
  const once = 'BEGIN:VEVENT\r\nSUMMARY:Once\r\nDTSTART:20260401T090000Z\r\nDTEND:20260401T100000Z\r\nEND:VEVENT'
  const cancelled = event('FREQ=WEEKLY', { name: 'Off', lines: [...people(3), 'STATUS:CANCELLED'] })
  const standUp = event('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR')
  const found = recurringMeetings(calendar(standUp, broken, once, cancelled, review, standUp), now)
  expect(found.map(({ name }) => name)).toEqual(['Review', 'Stand-up'])
})

test('what is no calendar is said to be none', () => {
  for (const text of ['', 'Hello', '<html></html>', '{"a":1}'])
    expect(() => recurringMeetings(text, now)).toThrow(MeetingsUnreadable)
  expect(recurringMeetings('BEGIN:VCALENDAR\nBEGIN:VEVENT\nRRULE', now)).toEqual([])
})

test('whatever is in a file, it ends in meetings within their limits or a message for people', () => {
  const line = fc.oneof(
    fc.constantFrom('BEGIN:VEVENT', 'END:VEVENT', 'BEGIN:VCALENDAR', 'RRULE:FREQ=DAILY;COUNT=99999999', 'ATTENDEE:mailto:a@b'),
    fc.constantFrom(
      'DTSTART:99999999T999999',
      'DURATION:P9999W',
      'RRULE:FREQ=WEEKLY;BYDAY=XX',
      'SUMMARY:A',
      ' folded',
      'BEGIN:VALARM',
    ),
    fc.string(),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      try {
        for (const { people, minutes, times, name } of recurringMeetings(`BEGIN:VCALENDAR\n${lines.join('\n')}`, now)) {
          expect(people >= 2 && people <= 1000 && minutes >= 1 && minutes <= 480 && times >= 1 && times <= 50).toBe(true)
          expect(name.length).toBeLessThanOrEqual(80)
        }
      } catch (error) {
        expect(error).toBeInstanceOf(MeetingsUnreadable)
      }
    }),
  )
})

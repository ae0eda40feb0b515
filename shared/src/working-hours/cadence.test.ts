import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type WorkingHours, weekdays } from '../contract/profile.ts'
import { askedTimes, datesBetween, nextDate } from './cadence.ts'

const codes = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const
const dayMs = 86_400_000
const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / dayMs
const dateOf = (day: number) => new Date(day * dayMs).toISOString().slice(0, 10)

const someDate = fc.integer({ min: dayOf('2024-01-01'), max: dayOf('2029-12-31') }).map(dateOf)
const someRule = fc.oneof(
  fc.integer({ min: 1, max: 9 }).map((interval) => ({ rule: `FREQ=DAILY;INTERVAL=${interval}`, interval, days: null })),
  fc
    .tuple(fc.integer({ min: 1, max: 9 }), fc.uniqueArray(fc.constantFrom(...codes), { minLength: 1 }))
    .map(([interval, days]) => ({ rule: `FREQ=WEEKLY;INTERVAL=${interval};BYDAY=${days.join(',')}`, interval, days })),
)

/** The rule by counting days, without a calendar: weeks begin on Mondays (day 4 of 1970 was one). */
function counted({ interval, days }: { interval: number; days: readonly string[] | null }, startsOn: string, day: number) {
  const start = dayOf(startsOn)
  if (day < start) return false
  if (days === null) return (day - start) % interval === 0
  const week = (each: number) => Math.floor((each - 4) / 7)
  return (week(day) - week(start)) % interval === 0 && days.includes(codes[(day + 4) % 7]!)
}

test('the days of a rule are those that counting finds, none twice, with those that were named', () => {
  fc.assert(
    fc.property(someRule, someDate, fc.array(someDate, { maxLength: 4 }), someDate, (how, startsOn, dates, from) => {
      const to = dateOf(dayOf(from) + 60)
      const expected: string[] = []
      for (let day = dayOf(from); day <= dayOf(to); day++)
        if (counted(how, startsOn, day) || (dates.includes(dateOf(day)) && day >= dayOf(startsOn))) expected.push(dateOf(day))
      const found = datesBetween({ rule: how.rule, dates, startsOn }, from, to)
      expect(found).toEqual(expected)
    }),
    { numRuns: 300 },
  )
})

test('the next day is the first of them; there is none when the last that was named is over', () => {
  const weekly = { rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', dates: [], startsOn: '2026-03-17' }
  expect(nextDate(weekly, '2026-03-18')).toBe('2026-03-31')
  expect(nextDate({ rule: null, dates: ['2026-05-04', '2026-04-01'], startsOn: '2026-03-01' }, '2026-04-02')).toBe('2026-05-04')
  expect(nextDate({ rule: null, dates: ['2026-04-01'], startsOn: '2026-03-01' }, '2026-04-02')).toBeNull()
})

/** What a clock on the wall there shows at a moment, by the platform and not by Temporal. */
function wall(timeZone: string, at: Date) {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(at)
  const [date = '', time = ''] = parts.split(' ')
  return { date, time }
}

const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Auckland',
  'America/St_Johns',
  'Africa/Casablanca',
  'UTC',
]
const hour = { from: '09:00', to: '17:30' }
const hours = Object.fromEntries(weekdays.map((day) => [day, day === 'sunday' ? null : hour])) as WorkingHours
const time = fc
  .tuple(fc.integer({ min: 4, max: 22 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((each) => `${each}`.padStart(2, '0')).join(':'))

test('everybody is asked by the clock on their wall, on the date itself, through every change of clocks', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      someDate,
      fc.oneof(fc.constant('start'), time),
      fc.oneof(fc.constant('end'), time),
      (timeZone, date, opens, due) => {
        const times = askedTimes({ timeZone, hours, daysOff: [] }, date, { opens, due })
        if (!times) {
          expect(new Date(`${date}T12:00:00Z`).getUTCDay()).toBe(0)
          return
        }
        expect(wall(timeZone, times.opensAt)).toEqual({ date, time: opens === 'start' ? '09:00' : opens })
        const opensAt = opens === 'start' ? '09:00' : opens
        const wanted = due === 'end' ? '17:30' : due
        const ends = [wanted, '17:30'].find((each) => each > opensAt)
        if (ends) expect(wall(timeZone, times.dueAt)).toEqual({ date, time: ends })
        else expect(wall(timeZone, times.dueAt)).toEqual({ date: dateOf(dayOf(date) + 1), time: '00:00' })
        expect(wall(timeZone, times.remindAt).time).toBe(opensAt > '09:00' ? opensAt : '09:00')
      },
    ),
    { numRuns: 500 },
  )
})

test('on a day off nobody is asked', () => {
  const calendar = { timeZone: 'Asia/Tokyo', hours, daysOff: [{ from: '2026-03-23', to: '2026-03-24' }] }
  expect(askedTimes(calendar, '2026-03-24', { opens: 'start', due: 'end' })).toBeNull()
  expect(askedTimes(calendar, '2026-03-25', { opens: 'start', due: 'end' })).not.toBeNull()
})

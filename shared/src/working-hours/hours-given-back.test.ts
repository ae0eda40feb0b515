import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cancelledMs, hoursGivenBack, type PlaceWeek, type Replaced, weeklyMs, weekOf } from './hours-given-back.ts'

const hour = 3_600_000
const minute = 60_000
const standUp: Replaced = {
  ...{ people: 6, minutes: 15, times: 5, per: 'week' as const },
  ...{ since: '2026-03-16', until: null, place: 'check-in:a' },
}
/** A Wednesday. */
const today = '2026-03-25'
const read = (meetings: Replaced[], measured: PlaceWeek[] = [], measuredSince: string | null = '2026-01-05', weeks = 12) =>
  hoursGivenBack(meetings, measured, { today, weeks, measuredSince })

test('a stand-up of six takes seven and a half hours a week', () => {
  expect(weeklyMs(standUp)).toBe(7.5 * hour)
  expect(weeklyMs({ ...standUp, times: 1, per: 'two weeks' })).toBe(45 * minute)
  expect(Math.round((weeklyMs({ ...standUp, times: 1, per: 'month' }) * 365.25) / 7)).toBe(12 * 90 * minute)
})

test('what was recorded and watched instead is taken off, and may be more', () => {
  const measured = [
    { week: '2026-03-16', place: 'check-in:a', recordedMs: hour, watchedMs: 2 * hour },
    { week: '2026-03-23', place: 'check-in:a', recordedMs: 3 * hour, watchedMs: 3 * hour },
    { week: '2026-03-16', place: 'channel:b', recordedMs: 9 * hour, watchedMs: 9 * hour },
  ]
  expect(read([standUp], measured)).toEqual([
    {
      week: '2026-03-23',
      isOver: false,
      cancelledMs: 4.5 * hour,
      recordedMs: 3 * hour,
      watchedMs: 3 * hour,
      givenBackMs: -1.5 * hour,
    },
    { week: '2026-03-16', isOver: true, cancelledMs: 7.5 * hour, recordedMs: hour, watchedMs: 2 * hour, givenBackMs: 4.5 * hour },
  ])
})

test('a place that two meetings are replaced by counts once, and only while one of them is', () => {
  const measured = ['2026-03-09', '2026-03-16', '2026-03-23'].map((week) => ({
    week,
    place: 'everyone',
    recordedMs: hour,
    watchedMs: 0,
  }))
  const two = { ...standUp, place: 'everyone', until: '2026-03-23' }
  const other = { ...standUp, since: '2026-03-09', place: null }
  const weeks = read([two, two, other], measured)
  expect(weeks.map(({ week, recordedMs }) => [week, recordedMs])).toEqual([
    ['2026-03-23', 0],
    ['2026-03-16', hour],
    ['2026-03-09', 0],
  ])
})

test('a meeting counts from the day on which it ended, until it is held again', () => {
  const days = { since: '2026-03-18', until: '2026-03-20' }
  expect(cancelledMs({ ...standUp, ...days }, '2026-03-16', today)).toBe(3 * hour)
  expect(cancelledMs({ ...standUp, ...days }, '2026-03-23', today)).toBe(0)
  expect(cancelledMs({ ...standUp, since: '2026-03-21' }, '2026-03-16', today)).toBe(0)
})

test('nothing is said of weeks before anybody measured, nor of those before a meeting was replaced', () => {
  const old = { ...standUp, since: '2025-06-02' }
  expect(read([old], [], '2026-03-16').map(({ week }) => week)).toEqual(['2026-03-23', '2026-03-16'])
  expect(read([old], [], null)).toEqual([])
  expect(read([])).toEqual([])
  expect(read([old], [], '2020-01-06', 3)).toHaveLength(3)
})

test('a week begins on Monday', () => {
  expect(['2026-03-22', '2026-03-23', '2026-03-29', '2027-01-01'].map(weekOf)).toEqual([
    ...['2026-03-16', '2026-03-23', '2026-03-23', '2026-12-28'],
  ])
})

const day = fc
  .integer({ min: 0, max: 120 })
  .map((days) => new Date(Date.UTC(2025, 11, 1) + days * 24 * hour).toISOString().slice(0, 10))
const place = fc.constantFrom('everyone', 'channel:a', 'check-in:b')
const meeting: fc.Arbitrary<Replaced> = fc.record({
  people: fc.integer({ min: 2, max: 1000 }),
  minutes: fc.integer({ min: 1, max: 480 }),
  times: fc.integer({ min: 1, max: 50 }),
  per: fc.constantFrom('week', 'two weeks', 'month'),
  since: day,
  until: fc.option(day),
  place: fc.option(place),
})
const ms = fc.nat(50 * hour)
const measures = fc.array(fc.record({ week: day.map(weekOf), place, recordedMs: ms, watchedMs: ms }))

test('whatever is given, the number is what it says it is made of, and never too good', () => {
  fc.assert(
    fc.property(fc.array(meeting), measures, day, (meetings, measured, measuredSince) => {
      const weeks = read(meetings, measured, measuredSince)
      for (const each of weeks) {
        expect(each.givenBackMs).toBe(each.cancelledMs - each.recordedMs - each.watchedMs)
        expect(each.cancelledMs).toBeLessThanOrEqual(Math.ceil(meetings.reduce((all, one) => all + weeklyMs(one), 0)))
        const all = measured.filter(({ week }) => week === each.week)
        expect(each.recordedMs).toBeLessThanOrEqual(all.reduce((sum, { recordedMs }) => sum + recordedMs, 0))
        expect(each.week <= today && weekOf(each.week) === each.week).toBe(true)
      }
      expect(weeks.map(({ week }) => week)).toEqual(
        weeks
          .map(({ week }) => week)
          .toSorted()
          .toReversed(),
      )
    }),
  )
})

test('a week that is cut in two by a day is the same as the whole', () => {
  fc.assert(
    fc.property(meeting, day, (one, cut) => {
      const whole = { ...one, since: '2020-01-01', until: null }
      const week = weekOf(cut)
      const parts = [
        { ...whole, until: cut },
        { ...whole, since: cut },
      ].map((each) => cancelledMs(each, week, '2030-01-01'))
      expect(parts[0]! + parts[1]!).toBeCloseTo(cancelledMs(whole, week, '2030-01-01'), 3)
    }),
  )
})

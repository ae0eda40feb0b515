import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type DayOff, weekdays } from '../contract/profile.ts'
import { calendarOf, dateAfter, localDate, momentAt, workday } from './clock.ts'
import { type DeliveryCalendar, nextDelivery, openDelivery } from './delivery.ts'

const minute = 60_000
const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'UTC']

const time = fc.integer({ min: 0, max: 287 }).map((slot) => {
  const [hour, minutes] = [Math.floor(slot / 12), (slot % 12) * 5]
  return `${String(hour).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
})
const block = fc
  .tuple(fc.constantFrom(...weekdays), time, time)
  .filter(([, from, to]) => from < to)
  .map(([day, from, to]) => ({ day, from, to }))
/** Around the changes of clocks of 2026. */
const moment = fc.integer({ min: Date.UTC(2026, 2, 1), max: Date.UTC(2026, 10, 20) }).map((at) => new Date(at - (at % minute)))
const busy = fc.tuple(moment, fc.integer({ min: 1, max: 600 })).map(([from, minutes]) => ({
  from,
  to: new Date(from.getTime() + minutes * minute),
}))
const dayOff: fc.Arbitrary<DayOff> = fc.tuple(moment, fc.integer({ min: 0, max: 9 })).map(([from, days]) => {
  const date = localDate({ timeZone: 'UTC' }, from)
  return { from: date, to: dateAfter(date, days) }
})
const scene = fc.record({
  windows: fc.uniqueArray(time, { minLength: 1, maxLength: 6 }),
  blocks: fc.array(block, { maxLength: 8 }),
  calendar: fc
    .record({
      timeZone: fc.constantFrom(...zones),
      daysOff: fc.array(dayOff, { maxLength: 5 }),
      busy: fc.array(busy, { maxLength: 8 }),
    })
    .map(
      ({ busy: stretches, ...person }): DeliveryCalendar => ({
        ...calendarOf({ ...person, workingHours: null }),
        busy: stretches,
      }),
    ),
  at: moment,
})

/** Said another way: by the clock that they see at this moment. */
function isQuiet(
  { blocks, calendar }: { blocks: { day: string; from: string; to: string }[]; calendar: DeliveryCalendar },
  at: Date,
) {
  const date = localDate(calendar, at)
  const day = new Date(`${date}T12:00:00Z`).toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' }).toLowerCase()
  const isFocus = blocks.some(
    (each) => each.day === day && momentAt(calendar, date, each.from) <= at && at < momentAt(calendar, date, each.to),
  )
  return isFocus || !workday(calendar, date) || calendar.busy.some(({ from, to }) => from <= at && at < to)
}

test('nothing is ever delivered in focus, while somebody is busy or on a day off', () => {
  fc.assert(
    fc.property(scene, ({ windows, calendar, blocks, at }) => {
      const next = nextDelivery(windows, calendar, blocks, at)
      if (next === null) return
      expect(next > at).toBe(true)
      expect(isQuiet({ blocks, calendar }, next)).toBe(false)
    }),
  )
})

test('the next delivery is the one that comes first: none opens before it', () => {
  fc.assert(
    fc.property(scene, fc.double({ min: 0, max: 1, noNaN: true }), ({ windows, calendar, blocks, at }, share) => {
      const next = nextDelivery(windows, calendar, blocks, at)
      if (next === null) return
      const between = new Date(at.getTime() + Math.floor((next.getTime() - at.getTime() - 1) * share))
      const open = openDelivery(windows, calendar, blocks, between)
      expect(open === null || open <= at).toBe(true)
      expect(openDelivery(windows, calendar, blocks, next)).toEqual(next)
    }),
  )
})

test('a window that falls into focus waits for its end; two that meet there are one', () => {
  const calendar = { ...calendarOf({ timeZone: 'Europe/Berlin', workingHours: null, daysOff: [] }), busy: [] }
  const blocks = [{ day: 'tuesday' as const, from: '09:00', to: '12:00' }]
  const windows = ['09:30', '11:00', '15:30']
  const monday = new Date('2026-03-23T17:00:00Z')
  const first = nextDelivery(windows, calendar, blocks, monday)
  expect(first).toEqual(new Date('2026-03-24T11:00:00Z'))
  expect(nextDelivery(windows, calendar, blocks, first!)).toEqual(new Date('2026-03-24T14:30:00Z'))
})

test('half past nine stays half past nine when clocks change', () => {
  const calendar = { ...calendarOf({ timeZone: 'Europe/Berlin', workingHours: null, daysOff: [] }), busy: [] }
  expect(nextDelivery(['09:30'], calendar, [], new Date('2026-03-27T12:00:00Z'))).toEqual(new Date('2026-03-30T07:30:00Z'))
  expect(nextDelivery(['09:30'], calendar, [], new Date('2026-10-23T12:00:00Z'))).toEqual(new Date('2026-10-26T08:30:00Z'))
})

test('who never works gets nothing by itself', () => {
  const never = Object.fromEntries(weekdays.map((day) => [day, null])) as never
  const calendar = { ...calendarOf({ timeZone: 'UTC', workingHours: never, daysOff: [] }), busy: [] }
  expect(nextDelivery(['09:30'], calendar, [], new Date('2026-03-27T12:00:00Z'))).toBeNull()
})

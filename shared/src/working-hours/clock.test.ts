import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type ReplyTime, usualAgreement } from '../contract/agreement.ts'
import type { WorkingHours } from '../contract/profile.ts'
import {
  afterWorkingDays,
  afterWorkingTime,
  calendarOf,
  dateAfter,
  localDate,
  momentAt,
  nextWork,
  overlapOf,
  type WorkCalendar,
  workday,
  workingTimeBetween,
} from './clock.ts'
import { respondBy } from './respond-by.ts'

const minute = 60_000
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'UTC',
  'America/Sao_Paulo',
]
const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const

/** Within an hour that clocks leave out or show twice nothing begins or ends here: a walk along the wall cannot tell which is meant. A test below can. */
const settled = (quarter: number) => ([7, 9, 10, 11].includes(quarter) ? 8 : quarter)

const hours = fc.tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 96 })).map(([a, b]) => {
  const time = (wanted: number) => {
    const quarter = settled(wanted)
    return `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`
  }
  return a < b ? { from: time(a), to: time(b) } : { from: time(b - 1), to: time(a + 1) }
})
const calendars: fc.Arbitrary<WorkCalendar> = fc.record({
  timeZone: fc.constantFrom(...zones),
  // Somebody who works at least on one day of the week.
  hours: fc
    .tuple(fc.array(fc.option(hours), { minLength: 7, maxLength: 7 }), hours, fc.nat(6))
    .map(
      ([all, sure, index]) =>
        Object.fromEntries(days.map((day, i) => [day, i === index ? sure : (all[i] ?? null)])) as WorkingHours,
    ),
  daysOff: fc.array(
    fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 9 })).map(([from, length]) => ({
      from: dateAfter('2026-03-10', from),
      to: dateAfter('2026-03-10', from + length),
    })),
    { maxLength: 3 },
  ),
})
/** Around the days on which clocks change in the north and in the south, to the minute. */
const moments = fc.integer({ min: 0, max: 40 * 1440 }).map((minutes) => new Date(Date.UTC(2026, 2, 5) + minutes * minute))

/** What a wall clock and a calendar on the wall say, by nothing but `Intl`. */
function onTheWall(timeZone: string) {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    weekday: 'long',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  })
  return (ms: number) => {
    const part = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]))
    return {
      day: part.weekday!.toLowerCase() as (typeof days)[number],
      date: `${part.year}-${part.month}-${part.day}`,
      time: `${part.hour}:${part.minute}`,
    }
  }
}

/** Walks minute by minute and asks at each whether it is worked in. */
function* minutesOfWork({ timeZone, hours, daysOff }: WorkCalendar, from: Date, limit: number) {
  const read = onTheWall(timeZone)
  for (let ms = from.getTime(); ms < from.getTime() + limit * minute; ms += minute) {
    const { day, date, time } = read(ms)
    const open = hours[day]
    const isOff = daysOff.some((off) => off.from <= date && date <= off.to)
    yield { ms, date, isWork: open !== null && !isOff && open.from <= time && time < open.to }
  }
}

const walked = 4 * 1440

test('a span of working time ends where a walk by the minute ends', () => {
  fc.assert(
    fc.property(calendars, moments, fc.integer({ min: 1, max: 900 }), (calendar, at, minutes) => {
      let left = minutes
      let end: number | null = null
      for (const { ms, isWork } of minutesOfWork(calendar, at, walked)) {
        if (isWork) left -= 1
        if (left === 0) {
          end = ms + minute
          break
        }
      }
      // What is further away than the walk goes is not compared.
      fc.pre(end !== null)
      expect(afterWorkingTime(calendar, at, minutes * minute)?.getTime()).toBe(end)
    }),
    { numRuns: 150 },
  )
})

test('an answer is due where a walk by the minute has used up what was agreed on, and the clock stands still for whoever does not work', () => {
  const agreed: fc.Arbitrary<ReplyTime> = fc.oneof(
    fc.record({ amount: fc.integer({ min: 1, max: 60 }), unit: fc.constant('minutes' as const) }),
    fc.record({ amount: fc.integer({ min: 1, max: 12 }), unit: fc.constant('hours' as const) }),
  )
  fc.assert(
    fc.property(calendars, moments, agreed, (calendar, at, urgent) => {
      let left = urgent.amount * (urgent.unit === 'hours' ? 60 : 1)
      const due = respondBy({ replies: { ...usualAgreement.replies, urgent } }, 'urgent', calendar, at)
      const last = [...minutesOfWork(calendar, at, walked)].find(({ isWork }) => isWork && --left === 0)
      fc.pre(last !== undefined)
      expect(due?.getTime()).toBe(last.ms + minute)
    }),
    { numRuns: 100 },
  )
})

test('what is due is due within working hours, never on a day off, and never before what was asked earlier', () => {
  const days = fc.integer({ min: 1, max: 6 }).map((amount): ReplyTime => ({ amount, unit: 'days' }))
  fc.assert(
    fc.property(calendars, moments, fc.nat(5 * 1440), days, (calendar, at, later, question) => {
      const agreement = { replies: { ...usualAgreement.replies, question } }
      const due = respondBy(agreement, 'question', calendar, at)!
      const day = workday(calendar, localDate(calendar, new Date(due.getTime() - 1)))
      expect(day && day.from < due && due <= day.to).toBe(true)
      expect(workingTimeBetween(calendar, at, due)).toBeGreaterThan(0)
      const next = respondBy(agreement, 'question', calendar, new Date(at.getTime() + later * minute))!
      expect(next.getTime()).toBeGreaterThanOrEqual(due.getTime())
    }),
    { numRuns: 100 },
  )
})

test('working time between two moments is what a walk by the minute counts', () => {
  fc.assert(
    fc.property(calendars, moments, fc.integer({ min: 0, max: walked }), (calendar, at, minutes) => {
      let sum = 0
      for (const { isWork } of minutesOfWork(calendar, at, minutes)) if (isWork) sum += minute
      expect(workingTimeBetween(calendar, at, new Date(at.getTime() + minutes * minute))).toBe(sum)
    }),
    { numRuns: 100 },
  )
})

test('a working day has passed when the minutes of work, each its share of that day, make one', () => {
  fc.assert(
    fc.property(calendars, moments, (calendar, at) => {
      const lengths = new Map<string, number>()
      const dayBefore = new Date(Math.floor(at.getTime() / minute) * minute - 2 * 1440 * minute)
      for (const { date, isWork } of minutesOfWork(calendar, dayBefore, walked + 3 * 1440))
        if (isWork) lengths.set(date, (lengths.get(date) ?? 0) + 1)
      let done = 0
      let end: number | null = null
      for (const { ms, date, isWork } of minutesOfWork(calendar, at, walked)) {
        if (isWork) done += 1 / lengths.get(date)!
        if (done >= 1 - 1e-9) {
          end = ms + minute
          break
        }
      }
      fc.pre(end !== null)
      // The walk only sees whole minutes.
      const due = afterWorkingDays(calendar, at, 1)!.getTime()
      expect(due).toBeLessThanOrEqual(end!)
      expect(due).toBeGreaterThan(end! - minute)
    }),
    { numRuns: 60 },
  )
})

test('the next moment of work is the first that a walk by the minute meets', () => {
  fc.assert(
    fc.property(calendars, moments, (calendar, at) => {
      const first = [...minutesOfWork(calendar, at, walked)].find(({ isWork }) => isWork)
      fc.pre(first !== undefined)
      expect(nextWork(calendar, at)?.getTime()).toBe(first?.ms)
    }),
    { numRuns: 60 },
  )
})

test('who works at the same time is who the walk finds there', () => {
  fc.assert(
    fc.property(fc.array(calendars, { minLength: 1, maxLength: 3 }), moments, (all, at) => {
      const to = new Date(at.getTime() + 1440 * minute)
      const walks = all.map((calendar) => [...minutesOfWork(calendar, at, 1440)].map(({ isWork }) => isWork))
      const common = walks[0]!.filter((_, index) => walks.every((walk) => walk[index])).length
      const sum = overlapOf(all, at, to).reduce((ms, stretch) => ms + stretch.to.getTime() - stretch.from.getTime(), 0)
      expect(sum).toBe(common * minute)
    }),
    { numRuns: 60 },
  )
})

const berlin = calendarOf({ timeZone: 'Europe/Berlin', workingHours: null, daysOff: [{ from: '2026-04-03', to: '2026-04-06' }] })

test('what is asked in the afternoon has until the next afternoon, what is asked at night the day after', () => {
  const asked = (time: string, date = '2026-03-09') => afterWorkingDays(berlin, momentAt(berlin, date, time), 1)
  expect(asked('14:00')).toEqual(momentAt(berlin, '2026-03-10', '14:00'))
  expect(asked('20:00')).toEqual(momentAt(berlin, '2026-03-10', '17:00'))
  expect(asked('09:00')).toEqual(momentAt(berlin, '2026-03-09', '17:00'))
  // Over Easter.
  expect(asked('14:00', '2026-04-02')).toEqual(momentAt(berlin, '2026-04-07', '14:00'))
})

test('a time of day that clocks leave out is later, one that comes twice is the first', () => {
  expect(momentAt(berlin, '2026-03-29', '02:30').toISOString()).toBe('2026-03-29T01:30:00.000Z')
  expect(momentAt(berlin, '2026-10-25', '02:30').toISOString()).toBe('2026-10-25T00:30:00.000Z')
  expect(momentAt(berlin, '2026-12-31', '24:00').toISOString()).toBe('2026-12-31T23:00:00.000Z')
})

test('a team that said nothing has a working day for a question, three for a decision, two hours for what is urgent, and none for news', () => {
  const asked = momentAt(berlin, '2026-03-26', '14:00')
  const due = (kind: Parameters<typeof respondBy>[1]) => respondBy(usualAgreement, kind, berlin, asked)
  expect(due('question')).toEqual(momentAt(berlin, '2026-03-27', '14:00'))
  // Over the weekend on which clocks change, and before Easter.
  expect(due('decision')).toEqual(momentAt(berlin, '2026-03-31', '14:00'))
  expect(due('urgent')).toEqual(momentAt(berlin, '2026-03-26', '16:00'))
  expect(due('fyi')).toBeNull()
})

test('dates are those of the place', () => {
  expect(localDate({ timeZone: 'Pacific/Kiritimati' }, new Date('2026-01-01T11:00:00Z'))).toBe('2026-01-02')
  expect(localDate({ timeZone: 'America/Los_Angeles' }, new Date('2026-01-01T07:00:00Z'))).toBe('2025-12-31')
})

test('who never works is never waited for', () => {
  const nobody = { ...berlin, hours: Object.fromEntries(days.map((day) => [day, null])) as WorkingHours }
  expect(nextWork(nobody, new Date())).toBeNull()
  expect(afterWorkingDays(nobody, new Date(), 1)).toBeNull()
  expect(afterWorkingTime(nobody, new Date(), 1)).toBeNull()
  expect(workday(nobody, '2026-03-09')).toBeNull()
  expect(overlapOf([], new Date(0), new Date(1))).toEqual([])
})

import { expect, test } from 'vitest'
import { dayOffWords, hoursWords, monthWords, placeWords, replyWords, stretchWords } from './agreement-words.ts'

const office = { from: '09:00', to: '17:00' }
const week = {
  monday: office,
  tuesday: office,
  wednesday: office,
  thursday: office,
  friday: office,
  saturday: null,
  sunday: null,
}

test('how fast something is answered is said in working time', () => {
  expect(replyWords({ amount: 1, unit: 'days' })).toBe('1 working day')
  expect(replyWords({ amount: 2, unit: 'hours' })).toBe('2 hours of working time')
  expect(replyWords(null)).toBe('No answer is expected')
})

test('days with the same hours are said once', () => {
  expect(hoursWords(week, 'en')).toBe('Mon – Fri 09:00–17:00')
  const short = { from: '09:00', to: '13:00' }
  expect(hoursWords({ ...week, friday: short, sunday: office }, 'en')).toBe(
    'Mon – Thu 09:00–17:00, Fri 09:00–13:00, Sun 09:00–17:00',
  )
  expect(hoursWords({ ...week, wednesday: null }, 'en')).toBe('Mon – Tue 09:00–17:00, Thu – Fri 09:00–17:00')
})

test('places, days off and months are words', () => {
  expect(placeWords('America/Argentina/Buenos_Aires')).toBe('Buenos Aires')
  expect(placeWords(null)).toBe('Has not said where')
  expect(dayOffWords({ from: '2026-12-24', to: '2026-12-24' }, 'en')).toBe('Dec 24, 2026')
  expect(monthWords('2026-11', 'en')).toBe('November 2026')
})

test('a workday more than six days away has its date', () => {
  const now = new Date('2026-11-23T09:00:00Z')
  const day = (date: string) => ({ from: new Date(`${date}T08:00:00Z`), to: new Date(`${date}T16:00:00Z`) })
  expect(stretchWords(day('2026-11-26'), now, 'en-GB', 'UTC')).toMatch(/^Thu,? 08:00\s?–\s?16:00$/u)
  expect(stretchWords(day('2026-11-30'), now, 'en-GB', 'UTC')).toContain('30 Nov')
})

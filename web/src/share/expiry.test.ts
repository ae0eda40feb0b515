import { expect, test } from 'vitest'
import { expiresAt, today } from './expiry.ts'

const now = new Date(2026, 2, 2, 12)

test('a link ends a number of days from now, at the end of a day, or never', () => {
  expect(expiresAt('never', '', now)).toBeNull()
  expect(expiresAt('7', '', now)).toBe(new Date(2026, 2, 9, 12).toISOString())
  expect(expiresAt('date', '2026-03-05', now)).toBe(new Date(2026, 2, 5, 23, 59, 59).toISOString())
})

test('without a day, or untouched, nothing is said of its end', () => {
  expect(expiresAt('date', '', now)).toBeUndefined()
  expect(expiresAt('kept', '', now)).toBeUndefined()
})

test('today is the day of the person, not of the meridian', () => {
  expect(today(now)).toBe('2026-03-02')
})

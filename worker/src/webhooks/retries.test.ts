import { expect, test } from 'vitest'
import { retryAfterSeconds } from './retries.ts'

test('the next attempt comes within seconds, then later and later, and after more than a day none', () => {
  const waits = Array.from({ length: 8 }, (_, index) => retryAfterSeconds(index + 1, 0.5) ?? 0)
  expect(waits).toEqual(waits.toSorted((a, b) => a - b))
  expect(waits[0]).toBeLessThan(10)
  expect(waits.reduce((sum, wait) => sum + wait)).toBeGreaterThan(24 * 3600)
  expect(retryAfterSeconds(9)).toBeNull()
})

test('those that failed together do not come back together', () => {
  expect(retryAfterSeconds(5, 0)).toBeLessThan(retryAfterSeconds(5, 1) ?? 0)
})

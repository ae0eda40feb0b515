import { expect, test } from 'vitest'
import { relativeTime } from './relative-time.ts'

const now = new Date(2026, 10, 18, 14, 0)

test.each([
  [new Date(2026, 10, 18, 14, 0), 'just now'],
  [new Date(2026, 10, 18, 13, 59, 30), 'just now'],
  [new Date(2026, 10, 18, 13, 55), '5 min. ago'],
  [new Date(2026, 10, 18, 9, 0), '5 hr. ago'],
  [new Date(2026, 10, 17, 20, 0), 'yesterday'],
  [new Date(2026, 10, 15, 9, 0), '3 days ago'],
  [new Date(2026, 9, 2, 9, 0), 'Oct 2'],
  [new Date(2025, 9, 2, 9, 0), 'Oct 2, 2025'],
  [new Date(2026, 10, 19, 9, 0), 'Nov 19'],
])('%s reads as %j', (then, text) => {
  expect(relativeTime(then, now, 'en-US')).toBe(text)
})

test('after midnight, what was an hour ago is not called yesterday', () => {
  expect(relativeTime(new Date(2026, 10, 17, 23, 30), new Date(2026, 10, 18, 0, 45), 'en-US')).toBe('1 hr. ago')
})

import { expect, test } from 'vitest'
import { arrivalWords } from './delivery-words.ts'

const now = new Date(2026, 10, 23, 9, 0)
test.each([
  ['at 16:00', new Date(2026, 10, 23, 16, 0)],
  ['on Thursday 09:00', new Date(2026, 10, 26, 9, 0)],
  ['on Monday 30 November at 09:00', new Date(2026, 10, 30, 9, 0)],
])('%s', (words, at) => {
  expect(arrivalWords(at, now, 'en-GB')).toBe(words)
})

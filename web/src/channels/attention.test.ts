import { expect, test } from 'vitest'
import { attentionText, spentText } from './attention.ts'

const minute = 60_000

test.each([
  [9 * minute, 12, '9 min × 12 people = 1 h 48 min of attention; 1 h 12 min at 1.5×.'],
  [8.5 * minute, 4, '8 min 30 s × 4 people = 34 min of attention; 22 min 40 s at 1.5×.'],
  [20_000, 1, 'One person is to watch 20 s; 13 s at 1.5×.'],
  [90 * minute, 1000, '1 h 30 min × 1000 people = 1500 h of attention; 1000 h at 1.5×.'],
  [9 * minute, 0, ''],
  [400, 12, ''],
])('%d ms for %d people', (durationMs, people, text) => {
  expect(attentionText(durationMs, people)).toBe(text)
})

test.each([
  [0, '0 s'],
  [59_600, '1 min'],
  [3_599_800, '1 h'],
  [61 * minute + 29_000, '1 h 1 min'],
])('%d ms are said as %s', (ms, text) => {
  expect(spentText(ms)).toBe(text)
})

import { expect, test } from 'vitest'
import { readRange } from './moment-fields.ts'

test.each([
  ['0:05', '', { fromMs: 5000, toMs: null }],
  [' 1:02 ', '70', { fromMs: 62_000, toMs: 70_000 }],
  ['5', '5', { fromMs: 5000, toMs: 5000 }],
])('“%s” to “%s” is understood', (from, to, range) => {
  expect(readRange(from, to, 90_000)).toEqual(range)
})

test.each([
  ['soon', '', 'from'],
  ['', '0:10', 'from'],
  ['2:00', '', 'from'],
  ['0:05', 'later', 'to'],
  ['0:05', '0:04', 'to'],
  ['0:05', '1:31', 'to'],
])('“%s” to “%s” is refused where the fault is', (from, to, field) => {
  expect(readRange(from, to, 90_000)).toMatchObject({ field })
})

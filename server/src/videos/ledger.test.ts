import { expect, test } from 'vitest'
import { bitsPerSecond, runsOf } from './ledger.ts'

test('numbers become ranges', () => {
  expect(runsOf([])).toEqual([])
  expect(runsOf([0, 1, 2, 5, 7, 8])).toEqual([
    [0, 2],
    [5, 5],
    [7, 8],
  ])
})

test('the bit rate is that of what may be played', () => {
  expect(bitsPerSecond({ init: null, segments: 2, durationMs: 4000, sizeBytes: 500_000 })).toBe(1_000_000)
  expect(bitsPerSecond({ init: null, segments: 0, durationMs: 0, sizeBytes: 0 })).toBe(0)
})

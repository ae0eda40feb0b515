import { expect, test } from 'vitest'
import { bitsPerSecond, playableMs, runsOf } from './ledger.ts'

test('numbers become ranges', () => {
  expect(runsOf([])).toEqual([])
  expect(runsOf([0, 1, 2, 5, 7, 8])).toEqual([
    [0, 2],
    [5, 5],
    [7, 8],
  ])
})

test('length and bit rate are those of the contiguous segments', () => {
  const contiguous = [1, 2].map((number) => ({ number, durationMs: 2000.4, sizeBytes: 250_000 }))
  const ledger = { init: null, numbers: [0, 1, 2, 4], contiguous, sizeBytes: 1_000_000 }
  expect(playableMs(ledger)).toBe(4001)
  expect(bitsPerSecond(ledger)).toBe(999_750)
})

import { expect, test } from 'vitest'
import { clockOf } from '../clock.ts'
import { forecast, lengthFrom, skipsOf } from './skips.ts'

const uncut = clockOf({ cuts: [], recordedMs: 60_000 }, false)

test('silences too short for a jump stay', () => {
  const silences: [number, number][] = [
    [1000, 1500],
    [5000, 7000],
    [59_000, 60_100],
  ]
  expect(skipsOf(silences, uncut, 60_000)).toEqual([
    [5000, 7000],
    [59_000, 60_000],
  ])
})

test('they are on the clock of watching, whatever the file; those that a cut divides are one', () => {
  const cuts: [number, number][] = [
    [0, 2000],
    [10_000, 20_000],
  ]
  const silences: [number, number][] = [
    [1000, 3000],
    [9600, 12_000],
    [19_000, 20_400],
    [30_000, 31_000],
  ]
  for (const edited of [true, false]) {
    expect(skipsOf(silences, clockOf({ cuts, recordedMs: 60_000 }, edited), 48_000)).toEqual([
      [0, 1000],
      [7600, 8400],
      [18_000, 19_000],
    ])
  }
})

test('what lies behind a moment counts, of the range one is in the rest', () => {
  const ranges: [number, number][] = [
    [1000, 2000],
    [4000, 6000],
  ]
  expect([0, 1500, 3000, 5000, 9000].map((ms) => lengthFrom(ranges, ms))).toEqual([3000, 2500, 2000, 1000, 0])
})

test('before playing it says how long it takes', () => {
  const long = { durationMs: 550_000, silentMs: 97_000 }
  expect(forecast({ ...long, rate: 1.5, skipping: true })).toBe('9:10 → 5:02 at 1.5× without silences')
  expect(forecast({ ...long, rate: 1.5, skipping: false })).toBe('9:10 → 6:06 at 1.5×, 5:02 without silences')
  expect(forecast({ ...long, rate: 1, skipping: true })).toBe('9:10 → 7:33 without silences')
  expect(forecast({ ...long, rate: 1, skipping: false })).toBe('9:10, 7:33 without silences')
  expect(forecast({ durationMs: 550_000, silentMs: 900, rate: 2, skipping: true })).toBeNull()
})

import { expect, test } from 'vitest'
import { keptRanges, normalizeCuts, type Range, recordedMs, watchedLengthMs, watchMs } from './cuts.ts'

const trimmed: Range[] = [
  [0, 2_000],
  [8_000, 10_000],
]

test('cuts are kept sorted and merged, without the empty ones, within the recording', () => {
  const drawn: Range[] = [
    [9_000, 20_000],
    [1_000, 3_000],
    [2_000, 4_000],
    [4_000, 5_000],
    [6_000, 6_000],
  ]
  expect(normalizeCuts(drawn, 10_000)).toEqual([
    [1_000, 5_000],
    [9_000, 10_000],
  ])
  expect(normalizeCuts([[11_000, 12_000]], 10_000)).toEqual([])
  expect(drawn[1]).toEqual([1_000, 3_000])
})

test('what is kept is what lies between the cuts', () => {
  expect(keptRanges([], 10_000)).toEqual([[0, 10_000]])
  expect(keptRanges(trimmed, 10_000)).toEqual([[2_000, 8_000]])
  expect(keptRanges([[3_000, 4_000]], 10_000)).toEqual([
    [0, 3_000],
    [4_000, 10_000],
  ])
  expect(keptRanges([[0, 10_000]], 10_000)).toEqual([])
  expect(watchedLengthMs(trimmed, 10_000)).toBe(6_000)
})

test.each([
  [0, 0],
  [1_000, 0],
  [2_000, 0],
  [5_000, 3_000],
  [8_000, 6_000],
  [9_000, 6_000],
  [10_000, 6_000],
])('the recorded moment %i is watched at %i', (recorded, watched) => {
  expect(watchMs(trimmed, recorded)).toBe(watched)
})

test.each([
  [0, 2_000],
  [3_000, 5_000],
  [5_999, 7_999],
])('at %i of watching the recorded moment %i is seen', (watched, recorded) => {
  expect(recordedMs(trimmed, watched)).toBe(recorded)
})

test('every kept moment comes back from the clock of watching', () => {
  const cuts: Range[] = [
    [1_000, 1_500],
    [1_700, 4_000],
    [6_000, 6_001],
  ]
  for (const [from, to] of keptRanges(cuts, 10_000))
    for (let ms = from; ms < to; ms += 7) expect(recordedMs(cuts, watchMs(cuts, ms))).toBe(ms)
})

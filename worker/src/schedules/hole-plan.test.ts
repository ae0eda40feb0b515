import { expect, test } from 'vitest'
import { holesIn, packetsIn, type StoredNumber, shares } from './hole-plan.ts'

const track = { codec: 'avc1.42c01e', width: 640, height: 360, timescale: 1000, defaultSampleTicks: 0 }
const init = {
  tracks: [
    { ...track, trackId: 1, kind: 'video' as const },
    { ...track, trackId: 2, kind: 'audio' as const },
  ],
}
const run = (trackId: number, startTicks: number, explicitTicks: number) => ({
  trackId,
  startTicks,
  explicitTicks,
  offsetTicks: 0,
  defaultSamples: 0,
})
const initAt = (number: number): StoredNumber => ({ number, init, runs: null, filled: false })
/** Two seconds of media; its sound begins and ends 20 ms later than its picture. */
const media = (number: number, startMs: number, changed: Partial<StoredNumber> = {}): StoredNumber => ({
  number,
  init: null,
  runs: [run(1, startMs, 2_000), run(2, startMs + 20, 2_000)],
  filled: false,
  ...changed,
})

test('a hole is as long as the time between what is before and what is behind it, for picture and sound', () => {
  expect(holesIn([initAt(0), media(1, 0), media(4, 6_000), media(5, 8_000)])).toEqual([
    {
      numbers: [2, 3],
      before: { number: 1, init: 0 },
      after: { number: 4, init: 0 },
      picture: [2_000, 6_000],
      sound: [2_020, 6_020],
    },
  ])
})

test('each hole counts, and a single number too; media behind a new init segment belongs to that', () => {
  const rows = [initAt(0), media(1, 0), media(3, 4_000), initAt(5), media(6, 8_300)]
  expect(holesIn(rows).map(({ numbers, after }) => [numbers, after])).toEqual([
    [[2], { number: 3, init: 0 }],
    [[4], { number: 6, init: 5 }],
  ])
})

test('what was filled before is a neighbour as any other, with its own init segment', () => {
  const rows = [initAt(0), media(1, 0), media(2, 2_000, { init, filled: true }), media(4, 6_000)]
  expect(holesIn(rows)).toMatchObject([{ numbers: [3], before: { number: 2, init: 2 }, after: { number: 4, init: 0 } }])
})

test.each([
  { what: 'nothing that stands before it', rows: [initAt(0), media(2, 2_000)] },
  { what: 'nothing behind it', rows: [initAt(0), media(1, 0), initAt(3)] },
  { what: 'no first init segment', rows: [media(1, 0), media(3, 4_000)] },
  { what: 'no time in it', rows: [initAt(0), media(1, 0), media(3, 2_000)] },
  { what: 'an hour in one segment', rows: [initAt(0), media(1, 0), media(3, 3_600_000)] },
])('a hole with $what is left', ({ rows }) => {
  expect(holesIn(rows)).toEqual([])
})

test('a hole is shared equally by its numbers, and its sound is whole packets that add up', () => {
  const ranges = shares([1_000, 4_000], 3)
  expect(ranges).toEqual([
    [1_000, 2_000],
    [2_000, 3_000],
    [3_000, 4_000],
  ])
  const packets = packetsIn(ranges, 1024 / 48)
  expect(packets).toEqual([47, 47, 47])
  expect(packetsIn(shares([0, 100], 7), 1024 / 48).reduce((sum, count) => sum + count, 0)).toBe(5)
})

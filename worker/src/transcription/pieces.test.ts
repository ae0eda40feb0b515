import type { Range } from '@meanwhile/shared/media/cuts'
import { normalizeCuts } from '@meanwhile/shared/media/cuts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { piecesOf } from './pieces.ts'

test.each([
  { what: 'what is short is sent whole', durationMs: 60_000, silences: [], longestMs: 600_000, pieces: [[0, 60_000]] },
  {
    what: 'a provider without a limit gets all',
    durationMs: 60_000,
    silences: [[10_000, 20_000]],
    longestMs: null,
    pieces: [[0, 60_000]],
  },
  {
    what: 'a long one is cut in its latest silence',
    durationMs: 100_000,
    silences: [
      [30_000, 34_000],
      [55_000, 57_000],
      [70_000, 72_000],
    ],
    longestMs: 60_000,
    pieces: [
      [0, 56_000],
      [56_000, 100_000],
    ],
  },
  {
    what: 'where nobody pauses it is cut at its limit',
    durationMs: 100_000,
    silences: [[1_000, 2_000]],
    longestMs: 60_000,
    pieces: [
      [0, 60_000],
      [60_000, 100_000],
    ],
  },
  {
    what: 'a piece in which nobody speaks is not sent',
    durationMs: 180_000,
    silences: [[50_000, 130_000]],
    longestMs: 60_000,
    pieces: [
      [0, 60_000],
      [90_000, 150_000],
      [150_000, 180_000],
    ],
  },
] as { what: string; durationMs: number; silences: Range[]; longestMs: number | null; pieces: Range[] }[])(
  '$what',
  ({ durationMs, silences, longestMs, pieces }) => {
    expect(piecesOf(durationMs, silences, longestMs)).toEqual(pieces)
  },
)

test('pieces are never too long, and hold everything that is said', () => {
  const range = fc.tuple(fc.nat(200_000), fc.nat(30_000)).map(([from, length]): Range => [from, from + length])
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 200_000 }),
      fc.array(range, { maxLength: 20 }),
      fc.integer({ min: 1_000, max: 60_000 }),
      (durationMs, ranges, longestMs) => {
        const silences = normalizeCuts(ranges, durationMs)
        const pieces = piecesOf(durationMs, silences, longestMs)
        for (const [from, to] of pieces) expect(to - from).toBeLessThanOrEqual(longestMs)
        expect(normalizeCuts([...pieces, ...silences], durationMs)).toEqual([[0, durationMs]])
      },
    ),
  )
})

import type { Range } from '@meanwhile/shared/media/cuts'
import { expect, test } from 'vitest'
import { momentToShow, secondsToShow } from './showcase.ts'

test.each([
  { what: 'a minute', kept: [[0, 60_000]], atMs: 1_000, seconds: [1_000, 5_000] },
  { what: 'two seconds', kept: [[0, 2_000]], atMs: 200, seconds: [0, 2_000] },
  { what: 'a minute without its beginning', kept: [[30_000, 60_000]], atMs: 31_000, seconds: [31_000, 35_000] },
  {
    what: 'a moment, then more',
    kept: [
      [0, 500],
      [9_000, 13_500],
    ],
    atMs: 9_450,
    seconds: [9_500, 13_500],
  },
  {
    what: 'nothing but moments',
    kept: [
      [0, 500],
      [1_000, 1_800],
      [3_000, 3_400],
    ],
    atMs: 1_080,
    seconds: [1_000, 1_800],
  },
] as { what: string; kept: Range[]; atMs: number; seconds: Range }[])('$what', ({ kept, atMs, seconds }) => {
  expect(momentToShow(kept).atMs).toBe(atMs)
  expect(secondsToShow(kept, 4_000)).toEqual(seconds)
})

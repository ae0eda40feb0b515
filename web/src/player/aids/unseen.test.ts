import { expect, test } from 'vitest'
import { clockOf } from '../clock.ts'
import { aroundParts, asWatched, unseenParts } from './unseen.ts'

test('what was seen is known in recorded time and shown where it is watched', () => {
  const clock = clockOf({ cuts: [[2000, 5000]], recordedMs: 20_000 }, false)
  expect(
    asWatched(
      [
        [0, 3000],
        [4000, 6000],
        [6900, 8000],
        [11_000, 30_000],
      ],
      clock,
      17_000,
    ),
  ).toEqual([
    [0, 5000],
    [8000, 17_000],
  ])
  expect(asWatched([], clock, 500)).toEqual([])
})

test('what has not been seen is what is left; silences and slivers are not', () => {
  const seen: [number, number][] = [
    [0, 4000],
    [4800, 9000],
  ]
  expect(unseenParts(seen, [], 20_000)).toEqual([[9000, 20_000]])
  expect(unseenParts(seen, [[12_000, 15_000]], 20_000)).toEqual([
    [9000, 12_000],
    [15_000, 20_000],
  ])
  expect(unseenParts([[0, 19_500]], [], 20_000)).toEqual([])
})

test('only the parts are played', () => {
  const parts: [number, number][] = [
    [2000, 4000],
    [8000, 9000],
  ]
  expect(aroundParts(parts, 10_000)).toEqual([
    [0, 2000],
    [4000, 8000],
    [9000, 10_000],
  ])
})

import { expect, test } from 'vitest'
import { fittedTo } from '../picture-size.ts'
import { partsUntil } from './poster.ts'

test.each([
  { from: [1920, 1080], to: [1280, 720] },
  { from: [640, 361], to: [640, 362] },
  { from: [1080, 1920], to: [1080, 1920] },
  { from: [1, 1], to: [2, 2] },
])('the poster of $from is $to', ({ from: [width = 0, height = 0], to }) => {
  expect(Object.values(fittedTo(1280, { width, height }))).toEqual(to)
})

test('only the first segments are read for it', () => {
  const parts = [1, 2, 3, 4].map((number) => ({
    track: 'main' as const,
    number,
    sha256: '',
    sizeBytes: 1,
    durationMs: 2_000,
    isInit: false,
    filled: false,
    trackIds: null,
  }))
  const track = { parts }
  expect(partsUntil(track, 800).map(({ number }) => number)).toEqual([1])
  expect(partsUntil(track, 1_000).map(({ number }) => number)).toEqual([1, 2])
})

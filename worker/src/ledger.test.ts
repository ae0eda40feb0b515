import { expect, test } from 'vitest'
import { type Part, stretchesOf, trackLedger } from './ledger.ts'

/** `i` an init segment, `m` media, `f` filled in. */
const track = (kinds: string): Part[] =>
  [...kinds].map((kind, number) => ({
    track: 'main',
    number,
    sha256: '',
    sizeBytes: 10,
    durationMs: kind === 'i' ? 0 : 2_000,
    isInit: kind !== 'm',
    filled: kind === 'f',
    trackIds: null,
  }))

test.each([
  { kinds: 'imm', stretches: [[0, 1, 2]] },
  {
    kinds: 'immim',
    stretches: [
      [0, 1, 2],
      [3, 4],
    ],
  },
  { kinds: 'iim', stretches: [[1, 2]] },
  { kinds: 'immi', stretches: [[0, 1, 2]] },
  { kinds: 'imfm', stretches: [[0, 1], [2], [0, 3]] },
  {
    kinds: 'imffim',
    stretches: [
      [0, 1],
      [2, 3],
      [4, 5],
    ],
  },
])('$kinds has the stretches $stretches', ({ kinds, stretches }) => {
  const found = stretchesOf(track(kinds)).map(({ init, parts }) =>
    [...(init ? [init] : []), ...parts].map(({ number }) => number),
  )
  expect(found).toEqual(stretches)
})

test('a track is as long as its media, and every byte of it counts', () => {
  expect(trackLedger('main', track('imfim'), 4)).toMatchObject({ durationMs: 6_000, sizeBytes: 50 })
})

test.each([
  { what: 'nothing', parts: track('i'), count: 0 },
  { what: 'no first init segment', parts: track('imm').slice(1), count: 2 },
  { what: 'a hole', parts: track('immm').filter(({ number }) => number !== 2), count: 3 },
  { what: 'init segments alone', parts: track('ii'), count: 1 },
])('a track with $what is not complete', ({ parts, count }) => {
  expect(() => trackLedger('main', parts, count)).toThrow('A part of the recording never arrived.')
})

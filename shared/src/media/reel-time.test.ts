import { expect, test } from 'vitest'
import { heardOf, listeningMs, timesOf } from './reel-time.ts'

const plain = { recordedMs: 60_000, cuts: [], silences: null, seen: [] }

test.each([
  ['all of it', plain, { durationMs: 60_000, playMs: 60_000, silentMs: 0 }],
  ['without its cuts', { ...plain, cuts: [[10_000, 20_000]] }, { durationMs: 50_000, playMs: 50_000, silentMs: 0 }],
  ['without what was seen', { ...plain, seen: [[0, 45_000]] }, { durationMs: 60_000, playMs: 15_000, silentMs: 0 }],
  ['all again where crumbs are left', { ...plain, seen: [[0, 59_900]] }, { durationMs: 60_000, playMs: 60_000, silentMs: 0 }],
  [
    'with the silences that are worth a jump, where they are played',
    {
      ...plain,
      silences: [
        [1000, 1400],
        [5000, 8000],
        [50_000, 55_000],
      ],
      seen: [[0, 30_000]],
    },
    { durationMs: 60_000, playMs: 30_000, silentMs: 5000 },
  ],
  [
    'a silence that a cut runs through',
    { ...plain, silences: [[4000, 12_000]], cuts: [[5000, 9000]] },
    { durationMs: 56_000, playMs: 56_000, silentMs: 4000 },
  ],
] as const)('a reel plays of a recording %s', (_, recording, times) => {
  expect(timesOf(recording as never, true)).toEqual(times)
})

test('where everything is wanted, what was seen counts again', () => {
  expect(timesOf({ ...plain, seen: [[0, 45_000]] }, false)).toEqual({ durationMs: 60_000, playMs: 60_000, silentMs: 0 })
})

test('seven recordings of a stand-up take as long as is said, cards as long as they are read', () => {
  const items = [
    { videoId: 'a', playMs: 60_000, silentMs: 15_000 },
    { videoId: 'b', playMs: 30_000, silentMs: 0 },
    { videoId: null, playMs: 4000, silentMs: 0 },
  ]
  expect(listeningMs(items, { rate: 1.5, skipSilences: true })).toBe(30_000 + 20_000 + 4000)
  expect(listeningMs(items, { rate: 1, skipSilences: false })).toBe(94_000)
})

test('whoever has heard all that is said has caught up, however much of it is silence', () => {
  const said = {
    recordedMs: 14_000,
    cuts: [[13_000, 14_000]],
    silences: [
      [2000, 6000],
      [8000, 12_000],
    ],
  } as const
  expect(
    heardOf({
      ...said,
      seen: [
        [0, 2000],
        [6000, 8000],
        [12_000, 13_000],
      ],
    } as never),
  ).toEqual({ heardMs: 5000, saidMs: 5000 })
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Levels, measureSound, windowMs } from './levels.ts'
import { silencesIn } from './silences.ts'

/** Levels from lengths in ms and their dB, with the unrest that every sound has. */
function levelsOf(...parts: [ms: number, db: number][]): Levels {
  const all = parts.flatMap(([ms, db]) => Array.from({ length: ms / windowMs }, (_, index) => db + ((index * 7) % 5) - 2))
  return { windowMs, db: Float32Array.from(all) }
}
const lengthOf = ({ db }: Levels) => db.length * windowMs
const found = (...parts: [ms: number, db: number][]) => {
  const levels = levelsOf(...parts)
  return silencesIn(levels, lengthOf(levels))
}

test('a pause is found, and something of it stays on both sides', () => {
  expect(found([2_000, -20], [3_000, -60], [2_000, -20])).toEqual([[2_250, 4_800]])
})

test('at the beginning and at the end nothing has to stay on the outer side', () => {
  expect(found([2_000, -60], [2_000, -20], [2_000, -60])).toEqual([
    [0, 1_800],
    [4_250, 6_000],
  ])
})

test.each([
  { what: 'a normal voice in a quiet room', speech: -20, noise: -65 },
  { what: 'a very quiet voice in a very quiet room', speech: -48, noise: -75 },
  { what: 'a voice beside a loud fan', speech: -18, noise: -34 },
  { what: 'a voice whose pauses were made silent', speech: -25, noise: -96 },
])('$what', ({ speech, noise }) => {
  expect(found([3_000, speech], [2_000, noise], [3_000, speech], [2_000, noise], [1_000, speech])).toHaveLength(2)
})

test('a quiet sentence between loud ones is no silence', () => {
  expect(found([3_000, -12], [2_000, -60], [3_000, -36], [2_000, -60], [3_000, -12])).toEqual([
    [3_250, 4_800],
    [8_250, 9_800],
  ])
})

test('a few words in a long recording are found', () => {
  expect(found([120_000, -60], [2_000, -20], [120_000, -60])).toEqual([
    [0, 119_800],
    [122_250, 242_000],
  ])
})

test.each([
  { what: 'noise alone', parts: [[20_000, -35]] },
  { what: 'speech without a pause', parts: [[20_000, -18]] },
  { what: 'a microphone that was off', parts: [[20_000, -96]] },
  {
    what: 'a hum that nobody hears',
    parts: [
      [10_000, -80],
      [10_000, -95],
    ],
  },
  {
    what: 'the pauses between words',
    parts: [
      [600, -20],
      [300, -55],
      [900, -20],
      [700, -55],
      [600, -20],
    ],
  },
] as { what: string; parts: [number, number][] }[])('there is no silence in $what', ({ parts }) => {
  expect(found(...parts)).toEqual([])
})

test('a click in a pause divides nothing, and a short word does', () => {
  const around = (ms: number) => found([2_000, -20], [2_000, -60], [ms, -25], [2_000, -60], [2_000, -20])
  expect(around(60)).toEqual([[2_250, 5_860]])
  expect(around(160)).toHaveLength(2)
})

test('silences lie in the recording, in order, and never where somebody speaks', () => {
  const part = fc.tuple(
    fc.integer({ min: 1, max: 200 }).map((windows) => windows * windowMs),
    fc.integer({ min: -96, max: 0 }),
  )
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 20 }), (parts) => {
      const levels = levelsOf(...parts)
      const loud = Math.max(...levels.db) - 3
      let last = 0
      for (const [from, to] of silencesIn(levels, lengthOf(levels))) {
        expect(from).toBeGreaterThanOrEqual(last)
        expect(to - from).toBeGreaterThanOrEqual(500)
        expect(to).toBeLessThanOrEqual(lengthOf(levels))
        // Only a click may be as loud as that.
        const inside = levels.db.subarray(from / windowMs, to / windowMs).filter((db) => db > loud)
        expect(inside.length * windowMs).toBeLessThanOrEqual(80 * Math.ceil((to - from) / 280))
        last = to
      }
    }),
  )
})

async function* pieces(bytes: Buffer, sizeBytes: number) {
  for (let at = 0; at < bytes.length; at += sizeBytes) yield bytes.subarray(at, at + sizeBytes)
}

test('levels and peaks are measured, however the bytes are cut', async () => {
  const samples = Int16Array.from({ length: 8_000 }, (_, index) => (index < 4_000 ? 0 : index % 2 === 0 ? 16_384 : -16_384))
  const bytes = Buffer.from(samples.buffer)
  for (const size of [1, 333, 64_000]) {
    const { levels, waveform } = await measureSound(pieces(bytes, size), 8_000, 1_500)
    expect(levels.db).toHaveLength(75)
    expect([levels.db[0], levels.db[74]]).toEqual([-96, -96])
    expect(levels.db[30]).toBeCloseTo(-6, 1)
    expect(waveform).toEqual({ intervalMs: 100, peaks: [...Array(5).fill(0), ...Array(5).fill(128), ...Array(5).fill(0)] })
  }
})

test('a waveform of six hours has as many points as a screen needs', async () => {
  const { waveform } = await measureSound(pieces(Buffer.alloc(0), 1), 8_000, 6 * 3_600_000)
  expect(waveform).toMatchObject({ intervalMs: 3_600, peaks: { length: 6_000 } })
})

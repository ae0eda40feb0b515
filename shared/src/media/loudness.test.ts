import { expect, test } from 'vitest'
import { gainDb, gainFactor } from './loudness.ts'

test.each([
  { what: 'a quiet voice with room above it', lufs: -26, truePeakDb: -12, gain: 10 },
  { what: 'a quiet voice with one loud knock', lufs: -26, truePeakDb: -4, gain: 3 },
  { what: 'a loud voice', lufs: -9, truePeakDb: 0.5, gain: -7 },
  { what: 'a quiet voice that clips already', lufs: -20, truePeakDb: 1, gain: 0 },
  { what: 'a whisper', lufs: -60, truePeakDb: -50, gain: 24 },
])('$what', ({ gain, ...loudness }) => {
  expect(gainDb(loudness)).toBeCloseTo(gain)
})

test('six decibels are about twice as much', () => {
  expect(gainFactor(6)).toBeCloseTo(2, 1)
  expect(gainFactor(0)).toBe(1)
})

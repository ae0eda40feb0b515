import { expect, test } from 'vitest'
import { bitsPerSecond, recordedSize } from './segment.ts'

test.each([
  [1920, 1080, 1920, 1080],
  [1365, 767, 1366, 768],
  [3840, 2160, 1920, 1080],
  [2880, 1800, 1920, 1200],
  [1080, 1920, 1080, 1920],
  [5120, 1440, 1920, 540],
])('a picture of %i × %i is recorded as %i × %i', (width, height, toWidth, toHeight) => {
  expect(recordedSize(width, height)).toEqual({ width: toWidth, height: toHeight })
})

test('a smaller picture takes fewer bits', () => {
  expect(bitsPerSecond(1920, 1080)).toBe(2_800_000)
  expect(bitsPerSecond(1280, 720)).toBeGreaterThan(1_300_000)
  expect(bitsPerSecond(1280, 720)).toBeLessThan(1_700_000)
  expect(bitsPerSecond(64, 64)).toBe(300_000)
})

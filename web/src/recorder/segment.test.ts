import { expect, test } from 'vitest'
import { bitsPerSecond, cameraBitsPerSecond, recordedSize } from './segment.ts'

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

test('the chosen quality bounds the picture', () => {
  expect(recordedSize(3840, 2160, '720p')).toEqual({ width: 1280, height: 720 })
  expect(recordedSize(5120, 2880, '4k')).toEqual({ width: 3840, height: 2160 })
  expect(recordedSize(1280, 720, '4k')).toEqual({ width: 1280, height: 720 })
})

test('a smaller picture takes fewer bits', () => {
  expect(bitsPerSecond({ width: 1920, height: 1080 }, 'detail')).toBe(2_800_000)
  expect(bitsPerSecond({ width: 1280, height: 720 }, 'detail')).toBeGreaterThan(1_300_000)
  expect(bitsPerSecond({ width: 1280, height: 720 }, 'detail')).toBeLessThan(1_700_000)
  expect(bitsPerSecond({ width: 64, height: 64 }, 'motion')).toBe(300_000)
})

test('the camera beside a screen takes between 400 and 700 kbit/s', () => {
  expect(cameraBitsPerSecond({ width: 1280, height: 720 })).toBe(700_000)
  expect(cameraBitsPerSecond({ width: 640, height: 480 })).toBe(400_000)
})

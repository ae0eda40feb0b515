import { expect, test } from 'vitest'
import { clockOf, isCut, mediaOfWatch, recordedOfMedia, recordedOfWatch, watchOfMedia, watchOfRecorded } from './clock.ts'

/** Of 60 s, the first 10, 5 in the middle and the last 20 are cut: 25 are watched. */
const video = {
  cuts: [
    [0, 10_000],
    [20_000, 25_000],
    [40_000, 59_960],
  ] as [number, number][],
  recordedMs: 60_000,
}
const recording = clockOf(video, false)
const edited = clockOf(video, true)

test('a file as recorded shows watch time, and seeks to recorded time', () => {
  expect([0, 10_000, 15_000, 22_000, 30_000, 60_000].map((ms) => watchOfMedia(recording, ms))).toEqual([
    0, 0, 5000, 10_000, 15_000, 25_000,
  ])
  expect([0, 9999, 10_000, 20_000].map((ms) => mediaOfWatch(recording, ms))).toEqual([10_000, 19_999, 25_000, 35_000])
})

test('a file that is edited already is on watch time; what is said of it is on recorded time', () => {
  expect(watchOfMedia(edited, 12_000)).toBe(12_000)
  expect(mediaOfWatch(edited, 12_000)).toBe(12_000)
  expect(recordedOfMedia(edited, 12_000)).toBe(27_000)
  expect(recordedOfMedia(recording, 27_000)).toBe(27_000)
})

test('there is nothing behind a cut that reaches the end, even where a frame is longer', () => {
  expect(watchOfMedia(recording, 60_100)).toBe(25_000)
  expect(recordedOfWatch(recording, 25_000)).toBe(39_999)
  expect(recordedOfWatch(recording, 99_000)).toBe(39_999)
})

test('a moment that is cut away is watched where the cut is', () => {
  expect(isCut(recording, 22_000)).toBe(true)
  expect(isCut(recording, 25_000)).toBe(false)
  expect(watchOfRecorded(recording, 22_000)).toBe(watchOfRecorded(recording, 25_000))
})

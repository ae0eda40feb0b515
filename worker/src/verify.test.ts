import { expect, test } from 'vitest'
import { differenceFrom } from './verify.ts'

const video = { codec: 'h264', width: 1280, height: 720, frameMs: 33, startMs: 0, endMs: 7_000 }
const audio = { codec: 'aac', sampleRate: 48_000, channels: 2, startMs: 0, endMs: 7_040 }
const source = { durationMs: 7_040, video, audio }

test.each([
  { what: 'the same', made: source, difference: null },
  { what: 'a frame shorter', made: { ...source, durationMs: 7_000 }, difference: null },
  { what: 'a still picture’s last frame shorter', made: { ...source, durationMs: 6_800 }, difference: null },
  { what: 'cut short', made: { ...source, durationMs: 5_000 }, difference: 'it lasts 5000 ms instead of 7040 ms' },
  { what: 'silent', made: { ...source, audio: null }, difference: 'its sound is missing' },
  { what: 'blind', made: { ...source, video: null }, difference: 'its picture is missing' },
  {
    what: 'small',
    made: { ...source, video: { ...video, width: 2 } },
    difference: 'its picture is 2 × 720 instead of 1280 × 720',
  },
  {
    what: 'out of step',
    made: { ...source, audio: { ...audio, startMs: 140 } },
    difference: 'its picture and sound have moved apart by 140 ms',
  },
])('a file that is $what', ({ made, difference }) => {
  expect(differenceFrom(source, made)).toBe(difference)
})

test('sound that ended early in the source may end early', () => {
  const early = { ...source, audio: { ...audio, endMs: 3_000 } }
  expect(differenceFrom(early, early)).toBeNull()
})

import { readInit, readMediaSegment, spanOf } from '@meanwhile/shared/media/cmaf'
import { EncodedPacket } from 'mediabunny'
import { expect, test, vi } from 'vitest'
import type { Segment } from '../segment.ts'
import { segmenter } from './segmenter.ts'

/** AVC configuration record of a 640 × 360 High profile picture. */
const description = new Uint8Array([1, 100, 0, 30, 255, 225, 0, 4, 103, 100, 0, 30, 1, 0, 4, 104, 238, 60, 128])
const pictureConfig = (): VideoDecoderConfig => ({ codec: 'avc1.64001e', codedWidth: 640, codedHeight: 360, description })
const soundConfig: AudioDecoderConfig = {
  codec: 'mp4a.40.2',
  numberOfChannels: 2,
  sampleRate: 48_000,
  description: new Uint8Array([17, 144]),
}
const bytes = new Uint8Array([0, 0, 0, 1, 9])
const tenth = 0.1
const aacFrame = 1024 / 48_000

function recorder({ picture = true, sound = true } = {}) {
  const emitted: Segment[] = []
  const errors: unknown[] = []
  const line = segmenter({
    track: 'main',
    picture,
    sound,
    emit: (segment) => emitted.push(segment),
    onError: (error) => errors.push(error),
  })
  let heard = 0
  return {
    line,
    emitted,
    errors,
    /** Ten pictures a second, with a key frame at the first and at every even second. */
    show(from: number, to: number, config = pictureConfig()) {
      for (let at = from; at < to - 0.01; at += tenth) {
        const key = at === from || Math.abs((at / 2) % 1) < 0.01 || Math.abs(((at / 2) % 1) - 1) < 0.01
        line.addPicture({ packet: new EncodedPacket(bytes, key ? 'key' : 'delta', at, tenth), config })
      }
    },
    hear(to: number) {
      for (; heard * aacFrame < to; heard++)
        line.addSound({ packet: new EncodedPacket(bytes, 'key', heard * aacFrame, aacFrame), config: soundConfig })
    },
  }
}

const sourceOf = (of: Uint8Array<ArrayBuffer>) => ({
  sizeBytes: of.length,
  read: async (offset: number, length: number) => of.subarray(offset, offset + length),
})

/** What the segments say of themselves: number, and when picture and sound begin, in ms. */
async function read(segments: Segment[]) {
  const told: { number: number; picture?: number | undefined; sound?: number | undefined }[] = []
  let init: Awaited<ReturnType<typeof readInit>> | undefined
  for (const { number, bytes: of, durationMs } of segments) {
    if (durationMs === 0) {
      init = await readInit(sourceOf(of))
      told.push({ number })
    } else {
      const media = await readMediaSegment(sourceOf(of))
      const [picture, sound] = [spanOf(init!, media, 'video'), spanOf(init!, media, 'audio')]
      told.push({ number, picture: picture && Math.round(picture.startMs), sound: sound && Math.round(sound.startMs) } as never)
    }
  }
  return told
}

/** When the sound of each segment begins and ends, in ms. */
async function soundsIn(segments: Segment[]) {
  const init = await readInit(sourceOf(segments[0]!.bytes))
  const media = segments.filter(({ durationMs }) => durationMs > 0)
  const spans = await Promise.all(media.map(async ({ bytes: of }) => spanOf(init, await readMediaSegment(sourceOf(of)), 'audio')))
  return spans.flatMap((span) => (span ? [{ startMs: span.startMs, endMs: span.startMs + span.durationMs }] : []))
}

test('an init segment, then a segment from each key frame to the next', async () => {
  const { line, emitted, show, hear } = recorder()
  show(0, 5)
  hear(5)
  await line.finish()
  expect(emitted.map(({ number, durationMs }) => [number, Math.round(durationMs)])).toEqual([
    [0, 0],
    [1, 2000],
    [2, 2000],
    [3, 1000],
  ])
  expect(emitted[0]).toMatchObject({ codecs: 'avc1.64001e,mp4a.40.2', width: 640, height: 360 })
})

test('another encoder’s pictures get an init segment of their own at the next number; times and sound go on', async () => {
  const { line, emitted, errors, show, hear } = recorder()
  show(0, 2.5)
  show(2.5, 4.5)
  hear(4.5)
  await line.finish()
  expect(errors).toEqual([])
  const told = await read(emitted)
  expect(told.map(({ number, picture }) => [number, picture])).toEqual([
    [0, undefined],
    [1, 0],
    [2, 2000],
    [3, undefined],
    [4, 2500],
    [5, 4000],
  ])
})

test('when the sound breaks off the picture goes on without it', async () => {
  const { line, emitted, show, hear } = recorder()
  show(0, 3)
  hear(1.5)
  line.endSound()
  await line.finish()
  expect(emitted.filter(({ durationMs }) => durationMs === 0).map(({ codecs }) => codecs)).toEqual([
    'avc1.64001e,mp4a.40.2',
    'avc1.64001e',
  ])
})

test('sound alone is cut every two seconds', async () => {
  const { line, emitted, hear } = recorder({ picture: false })
  hear(5)
  await line.finish()
  expect(emitted.map(({ number }) => number)).toEqual([0, 1, 2, 3])
  for (const { durationMs } of emitted.slice(1, 3)) expect(Math.abs(durationMs - 2000)).toBeLessThan(25)
})

test('nothing recorded is nothing handed over', async () => {
  const { line, emitted } = recorder()
  await line.finish()
  expect(emitted).toEqual([])
})

test('a draft is what has come since the last segment, with its number; sound that is late follows in the next one', async () => {
  const { line, emitted, show, hear } = recorder()
  show(0, 5.5)
  hear(3)
  line.draft()
  line.draft()
  hear(3.5)
  line.draft()
  hear(5.5)
  await line.finish()
  expect(emitted.map(({ number, durationMs, draft = false }) => [number, Math.round(durationMs), draft])).toEqual([
    [0, 0, false],
    [1, 2000, false],
    [2, 3500, true],
    [2, 3500, true],
    [2, 2000, false],
    [3, 1500, false],
  ])
  const [init, , drafted] = emitted
  expect(await read([init!, drafted!])).toEqual([{ number: 0 }, { number: 2, picture: 2000, sound: 2005 }])
})

test('the init segment is there before the first segment is, once: a draft needs it', async () => {
  const { line, emitted, show, hear } = recorder()
  line.draft()
  show(0, 1)
  line.draft()
  hear(1)
  line.draft()
  await line.finish()
  expect(emitted.map(({ number, durationMs, draft = false }) => [number, Math.round(durationMs), draft])).toEqual([
    [0, 0, false],
    [1, 1000, true],
    [1, 1000, false],
  ])
})

test('pictures that an encoder lost at its end leave no gap: the last of them lasts until the next begins', async () => {
  const { line, emitted, show, hear } = recorder()
  show(0, 1.5)
  show(1.9, 4)
  hear(4)
  await line.finish()
  expect(emitted.filter(({ durationMs }) => durationMs > 0).map(({ durationMs }) => Math.round(durationMs))).toEqual([
    1900, 100, 2000,
  ])
})

test('sound that is late for long does not hold the pictures up: silence takes its place, and it goes on where it is in time again', async () => {
  const { line, emitted, errors, show, hear } = recorder()
  hear(3)
  show(0, 10.2)
  await vi.waitFor(() => expect(emitted.map(({ number }) => number)).toEqual([0, 1, 2, 3]))
  hear(12)
  show(10.2, 12)
  await line.finish()
  expect(errors).toEqual([])

  const sounds = await soundsIn(emitted)
  for (const [index, { startMs }] of sounds.entries()) expect(Math.abs(startMs - (sounds[index - 1]?.endMs ?? 0))).toBeLessThan(1)
  expect(Math.abs((sounds.at(-1)?.endMs ?? 0) - 12_000)).toBeLessThan(30)
})

test('sound that never came out is silence up to the end of the picture', async () => {
  const { line, emitted, show, hear } = recorder()
  hear(0.5)
  show(0, 3)
  await line.finish()
  expect(Math.abs(((await soundsIn(emitted)).at(-1)?.endMs ?? 0) - 3000)).toBeLessThan(30)
})

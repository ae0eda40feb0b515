import { readInit, readMediaSegment, spanOf } from '@meanwhile/shared/media/cmaf'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import type { Taken } from './studio/studio.ts'
import { startStudio } from './studio.ts'

const studio = await startStudio()
const it = test.skipIf(!hasChromium)

const sourceOf = ({ base64 }: Taken) => {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'))
  return { sizeBytes: bytes.length, read: async (offset: number, length: number) => bytes.subarray(offset, offset + length) }
}

/** Where the picture of each segment begins and ends, in ms on the clock of the recording. */
async function spansOf(taken: Taken[], track: string) {
  const spans: { startMs: number; endMs: number }[] = []
  let init: Awaited<ReturnType<typeof readInit>> | undefined
  for (const segment of taken.filter((each) => each.track === track)) {
    if (segment.durationMs === 0) init = await readInit(sourceOf(segment))
    else {
      const span = spanOf(init!, await readMediaSegment(sourceOf(segment)), 'video')
      spans.push({ startMs: span!.startMs, endMs: span!.startMs + span!.durationMs })
    }
  }
  return spans
}
const initsOf = (taken: Taken[], track: string) => taken.filter((each) => each.track === track && each.durationMs === 0)
const numbersOf = (taken: Taken[], track: string) => taken.filter((each) => each.track === track).map(({ number }) => number)

function expectWhole(spans: { startMs: number; endMs: number }[], endMs: number) {
  for (const [index, { startMs }] of spans.entries()) expect(Math.abs(startMs - (spans[index - 1]?.endMs ?? 0))).toBeLessThan(20)
  expect(Math.abs(spans.at(-1)!.endMs - endMs)).toBeLessThan(300)
}

it('when the encoder of the picture fails another one goes on, and not a frame’s time is missing', async () => {
  const page = await studio.open()
  await studio.start(page, { camera: true })
  await page.waitForTimeout(3000)
  await studio.encoderOf(page).evaluate(() => {
    const { encode } = VideoEncoder.prototype
    let failures = 0
    VideoEncoder.prototype.encode = function (frame, options) {
      if (frame.displayWidth !== 640 || failures++ > 0) return encode.call(this, frame, options)
      this.close()
      throw new DOMException('The graphics processor is gone', 'EncodingError')
    }
  })
  await page.waitForTimeout(4000)
  const seconds = await studio.during(page, (running) => running.seconds())
  const { taken, troubles } = await studio.stop(page)
  expect(troubles).toEqual([])
  expect(numbersOf(taken, 'main')).toEqual(numbersOf(taken, 'main').map((_, index) => index))
  const inits = initsOf(taken, 'main')
  expect(inits).toHaveLength(2)
  expect(inits[1]?.number).toBeGreaterThan(1)
  expect(inits[1]).toMatchObject({ width: 640, height: 360, codecs: inits[0]?.codecs })
  expectWhole(await spansOf(taken, 'main'), seconds * 1000)
  expect(initsOf(taken, 'camera')).toHaveLength(1)
})

it('an encoder that hangs is replaced while it records', async () => {
  const page = await studio.open()
  await studio.start(page)
  await page.waitForTimeout(2500)
  await studio.encoderOf(page).evaluate(() => {
    const { encode } = VideoEncoder.prototype
    let hung: VideoEncoder | undefined
    VideoEncoder.prototype.encode = function (frame, options) {
      hung ??= this
      if (hung !== this) encode.call(this, frame, options)
    }
  })
  await page.waitForTimeout(9000)
  const seconds = await studio.during(page, (running) => running.seconds())
  const { taken } = await studio.stop(page)
  expect(initsOf(taken, 'main')).toHaveLength(2)
  expectWhole(await spansOf(taken, 'main'), seconds * 1000)
})

it('an encoder that does not finish costs its last pictures only: stopping goes on without it', async () => {
  const page = await studio.open()
  await studio.start(page)
  await page.waitForTimeout(4500)
  await studio.encoderOf(page).evaluate(() => {
    VideoEncoder.prototype.flush = () => new Promise(() => undefined)
  })
  const seconds = await studio.during(page, (running) => running.seconds())
  const { taken } = await studio.stop(page)
  expectWhole(await spansOf(taken, 'main'), seconds * 1000)
})

it('a camera that cannot be encoded any more costs the camera only, and is told', async () => {
  const page = await studio.open()
  await studio.start(page, { camera: true })
  await page.waitForTimeout(2500)
  await studio.encoderOf(page).evaluate(() => {
    const { encode } = VideoEncoder.prototype
    VideoEncoder.prototype.encode = function (frame, options) {
      if (frame.displayWidth === 320) throw new DOMException('broken', 'EncodingError')
      return encode.call(this, frame, options)
    }
  })
  await page.waitForTimeout(5500)
  const seconds = await studio.during(page, (running) => running.seconds())
  const { taken, troubles } = await studio.stop(page)
  expect(troubles).toEqual(['camera-failed'])
  expectWhole(await spansOf(taken, 'main'), seconds * 1000)
  expect((await spansOf(taken, 'camera')).at(-1)!.endMs).toBeGreaterThan(2000)
})

it('a camera that ends costs the camera only', async () => {
  const page = await studio.open()
  await studio.start(page, { camera: true })
  await page.waitForTimeout(2500)
  await studio.during(page, ({ tracks }) => tracks.camera?.stop())
  await page.waitForTimeout(3000)
  const seconds = await studio.during(page, (running) => running.seconds())
  const { taken } = await studio.stop(page)
  expectWhole(await spansOf(taken, 'main'), seconds * 1000)
  const camera = await spansOf(taken, 'camera')
  expect(camera.at(-1)!.endMs).toBeGreaterThan(2000)
  expect(camera.at(-1)!.endMs).toBeLessThan(4000)
})

it('sound that cannot be encoded any more costs the sound from then on, and is told', async () => {
  const page = await studio.open()
  await studio.start(page)
  await page.waitForTimeout(3000)
  await studio.encoderOf(page).evaluate(() => {
    const broken = () => {
      throw new DOMException('broken', 'EncodingError')
    }
    if (typeof AudioEncoder === 'function') AudioEncoder.prototype.encode = broken
    // The encoder that browsers without AAC load works in a worker of its own.
    Worker.prototype.postMessage = broken
  })
  await page.waitForTimeout(4000)
  const seconds = await studio.during(page, (running) => running.seconds())
  const { taken, troubles } = await studio.stop(page)
  expect(troubles).toEqual(['sound-failed'])
  const inits = initsOf(taken, 'main')
  expect(inits.map(({ codecs }) => codecs?.includes('mp4a'))).toEqual([true, false])
  expectWhole(await spansOf(taken, 'main'), seconds * 1000)
})

it('a microphone that ends leaves silence, and the picture goes on', async () => {
  const page = await studio.open()
  await studio.start(page)
  await page.waitForTimeout(2500)
  await studio.during(page, ({ tracks }) => tracks.sound?.stop())
  await page.waitForTimeout(4000)
  const seconds = await studio.during(page, (running) => running.seconds())
  const { taken, troubles } = await studio.stop(page)
  expect(troubles).toEqual([])
  expectWhole(await spansOf(taken, 'main'), seconds * 1000)
  expect(initsOf(taken, 'main')).toHaveLength(1)
})

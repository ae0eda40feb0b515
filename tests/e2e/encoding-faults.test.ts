import { readInit, readMediaSegment, spanOf } from '@meanwhile/shared/media/cmaf'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { beepsIn, flashesIn, offsetsMs } from '../support/flashes.ts'
import type { Taken } from './studio/studio.ts'
import { startStudio } from './studio.ts'

const studio = await startStudio()
const it = test.skipIf(!hasChromium)

const sourceOf = ({ base64 }: Taken) => {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'))
  return { sizeBytes: bytes.length, read: async (offset: number, length: number) => bytes.subarray(offset, offset + length) }
}

/** Where the picture (or the sound) of each segment begins and ends, in ms on the clock of the recording. */
async function spansOf(taken: Taken[], track: string, kind: 'video' | 'audio' = 'video') {
  const spans: { startMs: number; endMs: number }[] = []
  let init: Awaited<ReturnType<typeof readInit>> | undefined
  for (const segment of taken.filter((each) => each.track === track)) {
    if (segment.durationMs === 0) init = await readInit(sourceOf(segment))
    else {
      const span = spanOf(init!, await readMediaSegment(sourceOf(segment)), kind)
      spans.push({ startMs: span!.startMs, endMs: span!.startMs + span!.durationMs })
    }
  }
  return spans
}
const initsOf = (taken: Omit<Taken, 'base64'>[], track: string) =>
  taken.filter((each) => each.track === track && each.durationMs === 0)
const numbersOf = (taken: Taken[], track: string) => taken.filter((each) => each.track === track).map(({ number }) => number)

/** For states that come within seconds where nothing else runs. */
const limit = { timeout: 45_000 }

/** Nothing is missing between the segments, nor at the end by the recorder's own clock. */
function expectWhole(spans: { startMs: number; endMs: number }[], recordedMs: number) {
  for (const [index, { startMs }] of spans.entries()) expect(Math.abs(startMs - (spans[index - 1]?.endMs ?? 0))).toBeLessThan(20)
  expect(Math.abs(spans.at(-1)!.endMs - recordedMs)).toBeLessThan(50)
}

it('when an encoder fails another one goes on; a camera that ends and sound that cannot be encoded cost themselves', async () => {
  const page = await studio.open()
  await studio.start(page, { camera: true })
  await page.waitForTimeout(2300)
  await studio.encoderOf(page).evaluate(() => {
    const { encode } = VideoEncoder.prototype
    let failures = 0
    VideoEncoder.prototype.encode = function (frame, options) {
      if (frame.displayWidth !== 640 || failures++ > 0) return encode.call(this, frame, options)
      this.close()
      throw new DOMException('The graphics processor is gone', 'EncodingError')
    }
  })
  await page.waitForTimeout(500)
  await studio.during(page, ({ tracks }) => tracks.camera?.stop())
  await expect.poll(async () => initsOf(await studio.taken(page), 'main').length, limit).toBe(2)
  await studio.encoderOf(page).evaluate(() => {
    const broken = () => {
      throw new DOMException('broken', 'EncodingError')
    }
    if (typeof AudioEncoder === 'function') AudioEncoder.prototype.encode = broken
    // The encoder that browsers without AAC load works in a worker of its own.
    Worker.prototype.postMessage = broken
  })
  await expect.poll(async () => initsOf(await studio.taken(page), 'main').length, limit).toBe(3)
  await page.waitForTimeout(1000)
  const { taken, troubles, recordedMs } = await studio.stop(page)
  expect(troubles).toEqual(['sound-failed'])
  expect(numbersOf(taken, 'main')).toEqual(numbersOf(taken, 'main').map((_, index) => index))
  const [first, anew, silent, ...more] = initsOf(taken, 'main')
  expect(anew).toMatchObject({ width: 640, height: 360, codecs: first?.codecs })
  expect(anew?.number).toBeGreaterThan(1)
  expect([first?.codecs?.includes('mp4a'), silent?.codecs?.includes('mp4a'), more.length]).toEqual([true, false, 0])
  expectWhole(await spansOf(taken, 'main'), recordedMs)

  expect(initsOf(taken, 'camera')).toHaveLength(1)
  const seenUntilMs = (await spansOf(taken, 'camera')).at(-1)!.endMs
  expect(seenUntilMs).toBeGreaterThan(2500)
  expect(seenUntilMs).toBeLessThan(recordedMs - 1000)
})

it('an encoder that hangs is replaced while it records; a microphone that ends leaves silence', async () => {
  const page = await studio.open()
  await studio.start(page)
  await page.waitForTimeout(2300)
  await studio.during(page, ({ tracks }) => tracks.sound?.stop())
  await studio.encoderOf(page).evaluate(() => {
    const { encode } = VideoEncoder.prototype
    let hung: VideoEncoder | undefined
    VideoEncoder.prototype.encode = function (frame, options) {
      hung ??= this
      if (hung !== this) encode.call(this, frame, options)
    }
  })
  await expect.poll(async () => initsOf(await studio.taken(page), 'main').length, limit).toBe(2)
  const { taken, troubles, recordedMs } = await studio.stop(page)
  expect(troubles).toEqual([])
  expect(initsOf(taken, 'main').map(({ codecs }) => codecs?.includes('mp4a'))).toEqual([true, true])
  expectWhole(await spansOf(taken, 'main'), recordedMs)
  const heardUntilMs = (await spansOf(taken, 'main', 'audio')).at(-1)!.endMs
  expect(Math.abs(heardUntilMs - recordedMs)).toBeLessThan(100)
})

it('a camera that cannot be encoded any more costs itself; an encoder that does not finish holds nothing up', async () => {
  const page = await studio.open()
  await studio.start(page, { camera: true })
  await page.waitForTimeout(2300)
  await studio.encoderOf(page).evaluate(() => {
    const { encode } = VideoEncoder.prototype
    VideoEncoder.prototype.encode = function (frame, options) {
      if (frame.displayWidth === 320) throw new DOMException('broken', 'EncodingError')
      return encode.call(this, frame, options)
    }
    VideoEncoder.prototype.flush = () => new Promise(() => undefined)
  })
  await expect.poll(() => studio.during(page, ({ troubles }) => troubles), limit).toEqual(['camera-failed'])
  const { taken, recordedMs } = await studio.stop(page)
  expectWhole(await spansOf(taken, 'main'), recordedMs)
  expect((await spansOf(taken, 'camera')).at(-1)!.endMs).toBeGreaterThan(2000)
})

it('an encoder of the sound that gets no time for seconds costs these: the picture is kept meanwhile, and sound goes on in time', async () => {
  const page = await studio.open()
  await studio.start(page)
  await page.waitForTimeout(1500)
  const encoder = studio.encoderOf(page)
  await encoder.evaluate(() => {
    // The encoder that browsers without AAC load works in a worker of its own.
    const { postMessage } = Worker.prototype
    const held: (() => void)[] = []
    Worker.prototype.postMessage = function (...message: unknown[]) {
      held.push(() => Reflect.apply(postMessage, this, message))
    }
    const giveTime = () => {
      Worker.prototype.postMessage = postMessage
      for (const send of held) send()
    }
    Object.assign(globalThis, { giveTime })
  })
  await expect.poll(async () => (await studio.taken(page)).length, limit).toBeGreaterThan(1)
  await encoder.evaluate('giveTime()')
  const from = (await studio.during(page, ({ seconds }) => seconds())) + 0.5
  await page.waitForTimeout(2500)
  const { taken, troubles, recordedMs, file } = await studio.stop(page)
  expect([troubles, initsOf(taken, 'main').length]).toEqual([[], 1])
  expectWhole(await spansOf(taken, 'main'), recordedMs)
  expectWhole(await spansOf(taken, 'main', 'audio'), recordedMs)

  const recorded = await file('main')
  const [{ flashes }, beeps] = [await flashesIn(recorded), await beepsIn(recorded)]
  const after = flashes.filter((at) => at > from)
  expect(after.length).toBeGreaterThan(0)
  for (const offset of offsetsMs(after, beeps)) expect(Math.abs(offset)).toBeLessThan(80)
})

it('a window that is maximised while it is recorded goes on in its own size: what it shows can be read', async () => {
  const page = await studio.open()
  await studio.start(page)
  await page.waitForTimeout(2300)
  await page.evaluate('studio.maximise()')
  await expect.poll(async () => initsOf(await studio.taken(page), 'main').length, limit).toBe(2)
  await page.waitForTimeout(1500)
  const { taken, troubles, recordedMs } = await studio.stop(page)
  expect(troubles).toEqual([])
  expect(initsOf(taken, 'main')).toMatchObject([
    { width: 640, height: 360 },
    { width: 1280, height: 720 },
  ])
  expectWhole(await spansOf(taken, 'main'), recordedMs)
  expectWhole(await spansOf(taken, 'main', 'audio'), recordedMs)
})

import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { type Cut, cutRecording } from '../support/cut.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'
import { startStudio } from './studio.ts'

const scene = await startScene()
const studio = await startStudio()
const ada = await scene.given.person('Ada')
const ms = 24_000
const { id } = await scene.given.recording(ada, await cutRecording({ ms, flashes: true }))

/** What is shown and heard of the player for a time: moments of the page in ms, media times in seconds. */
const attend = (page: Page, forMs: number) =>
  page.evaluate(async (spanMs) => {
    const video = document.querySelector('video') as HTMLVideoElement
    const ears = globalThis as { analyser?: AnalyserNode }
    if (!ears.analyser) {
      const context = new AudioContext()
      await context.resume()
      ears.analyser = new AnalyserNode(context, { fftSize: 16_384 })
      context.createMediaElementSource(video).connect(ears.analyser)
      ears.analyser.connect(context.destination)
    }
    const { analyser } = ears
    const paper = new OffscreenCanvas(8, 8).getContext('2d', { willReadFrequently: true })!
    const frames: { at: number; mediaTime: number; isLit: boolean }[] = []
    const beeps: number[] = []
    let isOver = false

    function look(_now: number, { expectedDisplayTime, mediaTime }: VideoFrameCallbackMetadata) {
      paper.drawImage(video, 0, 0, 8, 8)
      frames.push({ at: expectedDisplayTime, mediaTime, isLit: (paper.getImageData(4, 4, 1, 1).data[0] ?? 0) > 127 })
      if (!isOver) video.requestVideoFrameCallback(look)
    }
    video.requestVideoFrameCallback(look)

    /** The moments in what was just played at which it becomes loud after a quiet time. */
    const heard = new Float32Array(analyser.fftSize)
    const { sampleRate } = analyser.context
    function listen() {
      analyser.getFloatTimeDomainData(heard)
      const now = performance.now()
      let quiet = 0
      for (const [index, sample] of heard.entries()) {
        if (Math.abs(sample) < 0.05) quiet++
        else {
          const at = now - ((heard.length - index) / sampleRate) * 1000
          if (quiet > 0.1 * sampleRate && at - (beeps.at(-1) ?? 0) > 200) beeps.push(at)
          quiet = 0
        }
      }
    }
    for (const until = performance.now() + spanMs; performance.now() < until; ) {
      await new Promise((resolve) => setTimeout(resolve, 20))
      listen()
    }
    isOver = true
    return { frames, beeps, rate: video.playbackRate }
  }, forMs)

/** For each beep, how much later it was heard than its flash was shown, in ms. Flashes are at whole seconds of the recording. */
function offsetsOf({ frames, beeps, rate }: Awaited<ReturnType<typeof attend>>): number[] {
  return beeps.flatMap((beep) => {
    const nearest = frames.reduce((best, frame) => (Math.abs(frame.at - beep) < Math.abs(best.at - beep) ? frame : best))
    const mediaTime = nearest.mediaTime + ((beep - nearest.at) / 1000) * rate
    return Math.abs(nearest.at - beep) < 200 ? [((mediaTime - Math.round(mediaTime)) / rate) * 1000] : []
  })
}

/** For each beep, how much later it was heard than the picture became white, in ms. */
function shownOffsetsOf({ frames, beeps }: Awaited<ReturnType<typeof attend>>): number[] {
  const flashes = frames.filter(({ isLit }, index) => isLit && frames[index - 1]?.isLit === false).map(({ at }) => at)
  return beeps.flatMap((beep) => {
    const nearest = flashes.toSorted((a, b) => Math.abs(a - beep) - Math.abs(b - beep))[0]
    return nearest !== undefined && Math.abs(nearest - beep) < 300 ? [beep - nearest] : []
  })
}

/** A recording by the recorder's own encoder: a pause after 2.5 s, another microphone after 4.5 s. */
async function recorded(): Promise<Cut> {
  const page = await studio.open()
  await studio.start(page)
  await page.waitForTimeout(2500)
  await studio.during(page, (running) => running.pause())
  await page.waitForTimeout(700)
  await studio.during(page, (running) => running.resume())
  await page.waitForTimeout(2000)
  await studio.during(page, (running) => running.changeMicrophone())
  await page.waitForTimeout(3500)
  const { taken, recordedMs } = await studio.stop(page)
  const bytes = new Map(taken.map(({ number, base64 }) => [number, Buffer.from(base64, 'base64')]))
  return {
    numbers: [...bytes.keys()],
    bytes: async (number) => bytes.get(number) ?? Buffer.alloc(0),
    file: String,
    durationMs: () => 0,
    totalMs: recordedMs,
    playlist: '',
  }
}

test.skipIf(!hasChromium)(
  'what the recorder made is in sync where it is watched, across a pause and a change of the microphone',
  { retry: 2 },
  async () => {
    const { id: made } = await scene.given.recording(ada, await recorded())
    const page = await scene.pageOf(ada)
    const player = playerOn(page)
    await player.open(`/u/${made}?t=0`)
    for (const rate of [1, 1.5]) {
      await page.evaluate((speed) => {
        const video = document.querySelector('video') as HTMLVideoElement
        video.currentTime = 0
        video.defaultPlaybackRate = video.playbackRate = speed
        return video.play()
      }, rate)
      const offsets = shownOffsetsOf(await attend(page, 7000 / rate))
      expect(offsets.length, `${rate}×: ${offsets}`).toBeGreaterThan(4)
      expect(Math.max(...offsets.map(Math.abs)), `${rate}×: ${offsets}`).toBeLessThan(80)
    }
  },
)

test.skipIf(!hasChromium)(
  'a beep is heard when its flash is shown: at the start, in the middle and at the end, at 1× and at 1.5×',
  async () => {
    const page = await scene.pageOf(ada)
    const player = playerOn(page)
    await player.open(`/u/${id}?t=0`)
    await player.play()
    for (const speed of ['1×', '1.5×']) {
      await page.getByRole('button', { name: 'Speed' }).click()
      await page.getByRole('menuitemradio', { name: speed, exact: true }).click()
      await expect.poll(player.rate).toBe(Number.parseFloat(speed))
      for (const fromMs of [0, ms / 2, ms - 5000]) {
        await player.read((video) => video.play())
        await page.evaluate((seconds) => {
          ;(document.querySelector('video') as HTMLVideoElement).currentTime = seconds
        }, fromMs / 1000)
        await player.movesOn()
        const attended = await attend(page, 2500)
        const inside = attended.frames.filter(({ mediaTime }) => Math.abs((mediaTime % 1) - 0.075) < 0.05)
        expect(inside.length).toBeGreaterThan(0)
        expect(inside.every(({ isLit }) => isLit)).toBe(true)
        const offsets = offsetsOf(attended)
        expect(offsets.length, `${speed} from ${fromMs}`).toBeGreaterThan(0)
        expect(Math.max(...offsets.map(Math.abs)), `${speed} from ${fromMs}: ${offsets}`).toBeLessThan(80)
      }
    }
  },
)

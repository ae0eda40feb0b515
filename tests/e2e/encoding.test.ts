import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { ffprobe } from '../support/ffprobe.ts'
import { flashesAndBeeps, offsetsMs } from '../support/flashes.ts'
import { startStudio } from './studio.ts'

const studio = await startStudio()
const it = test.skipIf(!hasChromium)

it('screen, camera and sound become two tracks on one clock, and sound belongs to the picture', async () => {
  const page = await studio.open()
  await studio.start(page, { camera: true })
  await page.waitForTimeout(5000)
  const { troubles, file } = await studio.stop(page)
  expect(troubles).toEqual([])
  const [main, camera] = [await ffprobe(await file('main')), await ffprobe(await file('camera'))]
  expect(camera.audio).toBeUndefined()
  expect(Math.abs(Number(main.video?.start_time) - Number(camera.video?.start_time))).toBeLessThan(0.05)
  const [shown, seen] = [await flashesAndBeeps(await file('main')), await flashesAndBeeps(await file('camera'))]
  expect(shown.flashes.length).toBeGreaterThan(2)
  for (const offset of offsetsMs(shown)) expect(Math.abs(offset)).toBeLessThan(80)
  for (const offset of offsetsMs({ ...shown, beeps: seen.flashes })) expect(Math.abs(offset)).toBeLessThan(50)
})

it('picture and sound are together at the start, after a pause and after a change of the microphone', async () => {
  const page = await studio.open()
  await studio.start(page)
  await page.waitForTimeout(4000)
  await studio.during(page, ({ encoding }) => encoding.pause())
  await page.waitForTimeout(1300)
  await studio.during(page, ({ encoding }) => encoding.resume())
  await page.waitForTimeout(3000)
  await studio.during(page, (running) => running.changeMicrophone())
  await page.waitForTimeout(4000)
  const { file, troubles } = await studio.stop(page)
  expect(troubles).toEqual([])
  const measured = await flashesAndBeeps(await file('main'))
  expect(measured.flashes.length).toBeGreaterThan(7)
  for (const offset of offsetsMs(measured)) expect(Math.abs(offset)).toBeLessThan(80)
})

it('in private the picture is black and nothing is heard, in both tracks and at once', async () => {
  const page = await studio.open()
  await studio.start(page, { camera: true })
  await page.waitForTimeout(2500)
  const from = await studio.during(page, ({ encoding, seconds }) => {
    encoding.setPrivate(true)
    return seconds()
  })
  await page.waitForTimeout(3000)
  const until = await studio.during(page, ({ encoding, seconds }) => {
    encoding.setPrivate(false)
    return seconds()
  })
  await page.waitForTimeout(2500)
  const { file } = await studio.stop(page)
  for (const track of ['main', 'camera']) {
    const { pictures, beeps } = await flashesAndBeeps(await file(track))
    const during = pictures.filter(({ at }) => at > from + 0.1 && at < until - 0.1)
    expect(during.length).toBeGreaterThan(5)
    expect(Math.max(...during.map(({ mean }) => mean))).toBeLessThan(20)
    expect(Math.min(...pictures.filter(({ at }) => at > until + 0.3).map(({ mean }) => mean))).toBeGreaterThan(40)
    expect(beeps.filter((at) => at > from + 0.1 && at < until)).toEqual([])
    if (track === 'main') expect(beeps.filter((at) => at > until).length).toBeGreaterThan(0)
  }
})

it('another picture goes on in the same recording, whole and in its own shape; strokes are painted on it', async () => {
  const page = await studio.open()
  await studio.start(page, { sound: false })
  await page.waitForTimeout(2200)
  const replacedAt = await page.evaluate(`studio.running.encoding.replacePicture(studio.other()), studio.running.seconds()`)
  await page.waitForTimeout(2500)
  const drawnAt = await studio.during(page, ({ encoding, seconds }) => {
    encoding.draw([
      {
        points: [
          [0.5, 0],
          [0.5, 1],
        ],
        colour: '#fff',
        width: 1,
      },
    ])
    return seconds()
  })
  await page.waitForTimeout(1500)
  await studio.during(page, ({ encoding }) => encoding.draw([]))
  await page.waitForTimeout(1500)
  const { file, taken } = await studio.stop(page)
  const { pictures } = await flashesAndBeeps(await file('main'))
  const darkest = (from: number, to: number) =>
    Math.min(...pictures.filter(({ at }) => at > from && at < to).map(({ mean }) => mean))
  const whole = darkest(0.2, Number(replacedAt) - 0.2)
  // 4:3 in 16:9 leaves a quarter black.
  expect(darkest(Number(replacedAt) + 0.5, drawnAt - 0.2)).toBeLessThan(whole * 0.85)
  expect(darkest(drawnAt + 0.2, drawnAt + 1.2)).toBeGreaterThan(120)
  expect(darkest(drawnAt + 1.9, drawnAt + 2.8)).toBeLessThan(whole * 0.85)
  expect(taken.filter(({ durationMs }) => durationMs === 0)).toHaveLength(1)
})

it('sound alone is recorded in segments of two seconds', async () => {
  const page = await studio.open()
  await studio.start(page, { picture: false })
  await page.waitForTimeout(5000)
  const { taken, file } = await studio.stop(page)
  expect(taken.map(({ track, number }) => [track, number])).toEqual([0, 1, 2, 3].map((number) => ['main', number]))
  for (const { durationMs } of taken.slice(1, -1)) expect(Math.abs(durationMs - 2000)).toBeLessThan(30)
  const { audio, video } = await ffprobe(await file('main'))
  expect(video).toBeUndefined()
  expect(audio?.codec_name).toBe('aac')
})

it('where H.264 cannot be encoded VP9 is, in the page too', async () => {
  const page = await studio.open(() => {
    Reflect.deleteProperty(globalThis, 'MediaStreamTrackProcessor')
    const supported = VideoEncoder.isConfigSupported.bind(VideoEncoder)
    VideoEncoder.isConfigSupported = async (config) =>
      config.codec.startsWith('avc') ? { supported: false, config } : supported(config)
  })
  await studio.start(page)
  await page.waitForTimeout(4000)
  const { taken, file } = await studio.stop(page)
  expect(taken[0]?.codecs).toMatch(/^vp09.*,mp4a/)
  const { video, audio } = await ffprobe(await file('main'))
  expect([video?.codec_name, audio?.codec_name]).toEqual(['vp9', 'aac'])
  for (const offset of offsetsMs(await flashesAndBeeps(await file('main')))) expect(Math.abs(offset)).toBeLessThan(150)
})

it('without WebCodecs the browser writes the parts of one file, black and silent in private', async () => {
  const page = await studio.open(() => {
    for (const name of ['VideoEncoder', 'AudioEncoder']) Reflect.deleteProperty(globalThis, name)
  })
  await studio.start(page)
  await page.waitForTimeout(4500)
  const { taken, file } = await studio.stop(page)
  expect(taken.length).toBeGreaterThan(1)
  expect(taken.map(({ track, number }) => [track, number])).toEqual(taken.map((_, index) => ['file', index + 1]))
  const { video, audio } = await ffprobe(await file('file'))
  expect(video?.width).toBe(640)
  expect(audio).toBeDefined()
})

import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { ffprobe } from '../support/ffprobe.ts'
import { beepsIn, flashesIn, offsetsMs } from '../support/flashes.ts'
import { startStudio } from './studio.ts'

const studio = await startStudio()
const it = test.skipIf(!hasChromium)
/** A machine that is held up while it measures loses sound and pictures, but not each time; what an encoder does wrong it does each time. */
const again = { retry: 2 }
const farthestMs = (offsets: number[]) => Math.max(...offsets.map(Math.abs))

it(
  'screen, camera and sound are on one clock: at the start, after a pause, after a change of the microphone and in private',
  again,
  async () => {
    const page = await studio.open()
    await studio.start(page, { camera: true })
    await page.waitForTimeout(2500)
    await studio.during(page, (running) => running.pause())
    await page.waitForTimeout(700)
    await studio.during(page, (running) => running.resume())
    await page.waitForTimeout(2000)
    const changedAt = await studio.during(page, (running) => {
      running.changeMicrophone()
      return running.seconds()
    })
    await page.waitForTimeout(2000)
    const from = await studio.during(page, ({ encoding, seconds }) => {
      encoding.setPrivate(true)
      return seconds()
    })
    await page.waitForTimeout(2000)
    const until = await studio.during(page, ({ encoding, seconds }) => {
      encoding.setPrivate(false)
      return seconds()
    })
    await page.waitForTimeout(2200)
    const { troubles, taken, file } = await studio.stop(page)
    expect(troubles).toEqual([])
    const inits = taken.filter(({ durationMs }) => durationMs === 0)
    expect(inits.map(({ track }) => track).sort()).toEqual(['camera', 'main'])

    const [main, camera] = [await file('main'), await file('camera')]
    const [screen, face] = [await ffprobe(main), await ffprobe(camera)]
    expect(face.audio).toBeUndefined()
    expect(Math.abs(Number(screen.video?.start_time) - Number(face.video?.start_time))).toBeLessThan(0.05)
    const [shown, seen, beeps] = [await flashesIn(main), await flashesIn(camera), await beepsIn(main)]
    for (const [begin, end] of [
      [0, 2.5],
      [2.5, changedAt],
      [changedAt, from],
      [until, Number.POSITIVE_INFINITY],
    ] as const) {
      const flashes = shown.flashes.filter((at) => at > begin && at < end)
      expect(flashes.length).toBeGreaterThan(0)
      expect(farthestMs(offsetsMs(flashes, beeps)), `sound from ${begin} to ${end}`).toBeLessThan(80)
      expect(farthestMs(offsetsMs(flashes, seen.flashes)), `camera from ${begin} to ${end}`).toBeLessThan(50)
    }

    for (const { pictures } of [shown, seen]) {
      const during = pictures.filter(({ at }) => at > from + 0.1 && at < until - 0.1)
      expect(during.length).toBeGreaterThan(5)
      expect(Math.max(...during.map(({ mean }) => mean))).toBeLessThan(20)
      expect(Math.min(...pictures.filter(({ at }) => at > until + 0.3).map(({ mean }) => mean))).toBeGreaterThan(40)
    }
    expect(beeps.filter((at) => at > from + 0.1 && at < until)).toEqual([])
  },
)

it('another picture goes on in the same recording, whole and in its own shape; strokes are painted on it', async () => {
  const page = await studio.open()
  await studio.start(page, { sound: false })
  await page.waitForTimeout(1200)
  const replacedAt = await page.evaluate(`studio.running.encoding.replacePicture(studio.other()), studio.running.seconds()`)
  await page.waitForTimeout(1500)
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
  await page.waitForTimeout(1000)
  const wipedAt = await studio.during(page, ({ encoding, seconds }) => {
    encoding.draw([])
    return seconds()
  })
  await page.waitForTimeout(1200)
  const { file, taken } = await studio.stop(page)
  const { pictures } = await flashesIn(await file('main'))
  const darkest = (from: number, to: number) =>
    Math.min(...pictures.filter(({ at }) => at > from && at < to).map(({ mean }) => mean))
  const whole = darkest(0.2, Number(replacedAt) - 0.2)
  // 4:3 in 16:9 leaves a quarter black.
  expect(darkest(Number(replacedAt) + 0.5, drawnAt - 0.2)).toBeLessThan(whole * 0.85)
  expect(darkest(drawnAt + 0.2, wipedAt - 0.1)).toBeGreaterThan(120)
  expect(darkest(wipedAt + 0.2, Number.POSITIVE_INFINITY)).toBeLessThan(whole * 0.85)
  expect(taken.filter(({ durationMs }) => durationMs === 0)).toHaveLength(1)
})

it.each([
  { quality: '720p', width: 1280, height: 720 },
  { quality: '4k', width: 3840, height: 2160 },
] as const)(
  'a screen of 3840 × 2160 is recorded in $width × $height where $quality is chosen',
  async ({ quality, width, height }) => {
    const page = await studio.open()
    await studio.start(page, { picture: 'wall', sound: false, quality })
    await expect.poll(async () => (await studio.taken(page)).length, { timeout: 60_000 }).toBeGreaterThan(1)
    const { taken, file } = await studio.stop(page)
    expect(taken[0]).toMatchObject({ number: 0, width, height })
    expect((await ffprobe(await file('main'))).video).toMatchObject({ width, height })
  },
)

it('sound alone is recorded in segments of two seconds', async () => {
  const page = await studio.open()
  await studio.start(page, { picture: false })
  await page.waitForTimeout(4500)
  const { taken, file } = await studio.stop(page)
  expect(taken.map(({ track, number }) => [track, number])).toEqual([0, 1, 2, 3].map((number) => ['main', number]))
  for (const { durationMs } of taken.slice(1, -1)) expect(Math.abs(durationMs - 2000)).toBeLessThan(30)
  const { audio, video } = await ffprobe(await file('main'))
  expect(video).toBeUndefined()
  expect(audio?.codec_name).toBe('aac')
})

it('where H.264 cannot be encoded VP9 is', again, async () => {
  const page = await studio.open()
  const withoutH264 = () => {
    const supported = VideoEncoder.isConfigSupported.bind(VideoEncoder)
    VideoEncoder.isConfigSupported = async (config) =>
      config.codec.startsWith('avc') ? { supported: false, config } : supported(config)
  }
  await page.route(/encoder\.worker/, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: `(${withoutH264})();\n${await response.text()}` })
  })
  await studio.start(page)
  await page.waitForTimeout(3500)
  const { taken, file } = await studio.stop(page)
  expect(taken[0]?.codecs).toMatch(/^vp09.*,mp4a/)
  const recorded = await file('main')
  const { video, audio } = await ffprobe(recorded)
  expect([video?.codec_name, audio?.codec_name]).toEqual(['vp9', 'aac'])
  const { flashes } = await flashesIn(recorded)
  expect(flashes.length).toBeGreaterThan(1)
  expect(farthestMs(offsetsMs(flashes, await beepsIn(recorded)))).toBeLessThan(80)
})

it('where it is encoded in the page, a recording that is called off leaves nothing running', async () => {
  const page = await studio.open(() => {
    Reflect.deleteProperty(globalThis, 'MediaStreamTrackProcessor')
    const made: { state: string }[] = []
    for (const name of ['VideoEncoder', 'AudioContext'] as const) {
      const kind = Reflect.get(globalThis, name) as unknown as typeof AudioContext
      const noted = class extends kind {
        constructor(init: AudioContextOptions) {
          super(init)
          made.push(this)
        }
      }
      Object.assign(globalThis, { [name]: noted })
    }
    Object.assign(globalThis, { made })
  })
  const running = () => page.evaluate(`made.filter(({ state }) => state !== 'closed').length`)
  const before = Number(await running())
  await studio.start(page)
  expect(page.workers().length).toBeGreaterThan(1)
  await studio.during(page, ({ encoding }) => encoding.cancel())
  await expect.poll(() => page.workers().length).toBe(0)
  // The mix of the sound is not the encoder's.
  await expect.poll(running).toBe(before + 1)
})

it('without WebCodecs the browser writes the parts of one file, black and silent in private', async () => {
  const page = await studio.open(() => {
    for (const name of ['VideoEncoder', 'AudioEncoder']) Reflect.deleteProperty(globalThis, name)
  })
  await studio.start(page)
  await page.waitForTimeout(2500)
  const from = await studio.during(page, ({ encoding, seconds }) => {
    encoding.setPrivate(true)
    return seconds()
  })
  await page.waitForTimeout(2000)
  const { taken, file } = await studio.stop(page)
  expect(taken.length).toBeGreaterThan(1)
  expect(taken.map(({ track, number }) => [track, number])).toEqual(taken.map((_, index) => ['file', index + 1]))
  const recorded = await file('file')
  const { video, audio } = await ffprobe(recorded)
  expect(video?.width).toBe(640)
  expect(audio).toBeDefined()
  const [{ pictures, flashes }, beeps] = [await flashesIn(recorded), await beepsIn(recorded)]
  expect(flashes.length).toBeGreaterThan(0)
  expect(Math.max(...pictures.filter(({ at }) => at > from + 1).map(({ mean }) => mean))).toBeLessThan(20)
  expect(beeps.filter((at) => at > from + 1)).toEqual([])
})

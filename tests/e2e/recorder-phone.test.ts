import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { recorderOn } from './recorder.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given } = scene
const ada = await given.person('Ada')

const it = test.skipIf(!hasChromium)
const { read } = scene.readAs(ada)

/** A phone has no `getDisplayMedia`, and says what it is. */
async function phone() {
  const context = await scene.browserOf(ada, {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    userAgent:
      'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36',
  })
  await context.addInitScript(() => {
    const { mediaDevices } = navigator
    if (!mediaDevices) return
    Reflect.deleteProperty(Object.getPrototypeOf(mediaDevices), 'getDisplayMedia')
    const open = mediaDevices.getUserMedia.bind(mediaDevices)
    const asked: MediaStreamConstraints[] = []
    Object.assign(globalThis, { asked })
    mediaDevices.getUserMedia = (constraints = {}) => {
      asked.push(constraints)
      return open(constraints)
    }
  })
  const page = await context.newPage()
  return { page, recorder: recorderOn(page) }
}

it('a phone offers its camera, front or back, and sound, and says why no screen', async () => {
  const { page } = await phone()
  await page.goto('/record')
  await page.getByText('A screen cannot be shared from this browser.').waitFor()
  const sources = page.getByRole('group', { name: 'What to record' }).getByRole('radio')
  expect(await sources.evaluateAll((radios) => radios.map((radio) => (radio as HTMLInputElement).value))).toEqual([
    'camera',
    'audio',
  ])
  await expect.poll(() => page.getByRole('radio', { name: 'Camera' }).isChecked()).toBe(true)
  await page.getByLabel('Camera', { exact: true }).and(page.locator('select')).selectOption({ label: 'Back camera' })
  const facing = () =>
    page.evaluate(() =>
      (globalThis as unknown as { asked: MediaStreamConstraints[] }).asked.map(
        ({ video }) => (video as MediaTrackConstraints | undefined)?.facingMode,
      ),
    )
  await expect.poll(facing).toContainEqual({ ideal: 'environment' })
})

it('a phone records its camera with everything in reach of the thumb, and its voice alone', async () => {
  const { page, recorder } = await phone()
  for (const source of ['Camera', 'Audio only']) {
    await recorder.open(source)
    const start = recorder.button('Start recording')
    await expect.poll(async () => ((await start.boundingBox())?.y ?? 9999) < 844).toBe(true)
    await page.setViewportSize({ width: 390, height: 500 })
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
    await start.tap()
    await recorder.button('Skip countdown').tap()
    await recorder.hasRecorded(1)
    // How long it has been recording, and below the bar of the page.
    expect((await page.getByRole('timer').boundingBox())?.y).toBeGreaterThan(60)
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
    await recorder.stop.tap()
    const id = await recorder.isDone()
    const video = await read(`/api/videos/${(await read(`/api/updates/${id}`)).videoId}`)
    expect(video.hasPicture).toBe(source === 'Camera')
  }
})

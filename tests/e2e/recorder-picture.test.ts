import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { coloursOf } from './recorded-frames.ts'
import { recorderOn } from './recorder.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given } = scene
const ada = await given.person('Ada')

const it = test.skipIf(!hasChromium)
const { videoOf } = scene.readAs(ada)
const hlsOf = async (updateId: string) => scene.origin + (await videoOf(updateId)).playback.hls

async function open() {
  const page = await scene.pageOf(ada)
  return { page, recorder: recorderOn(page) }
}

it('while private nothing is recorded of the picture, and nobody can miss that it is private', async () => {
  const { page, recorder } = await open()
  await recorder.start('Camera')
  await recorder.hasRecorded(1)
  await recorder.button('Go private').click()
  await recorder.says('The recording goes on with a black picture and without sound.')
  await recorder.says(/^Recording\. Private: the picture is black/)
  await expect.poll(() => page.title()).toContain('◼')
  await recorder.hasRecorded(3)
  await page.keyboard.press('b')
  await recorder.button('Go private').waitFor()
  await recorder.hasRecorded(5)
  await recorder.stop.click()
  const green = (await coloursOf(await hlsOf(await recorder.isDone()))).map((colour) => colour.green)
  expect(green[1]).toBeGreaterThan(60)
  expect(green.at(-2)).toBeGreaterThan(60)
  // Black in limited range is 16 where a decoder takes it for full range.
  expect(green.filter((value) => value <= 20).length, `brightness: ${green}`).toBeGreaterThanOrEqual(5)
})

it('what the pen draws is in the recording, until it is cleared', async () => {
  const { page, recorder } = await open()
  await recorder.start('Camera')
  await page.keyboard.press('d')
  const picture = await page.getByLabel('Your camera').boundingBox()
  if (!picture) throw new Error('no preview')
  const at = (x: number, y: number) => [picture.x + x * picture.width, picture.y + y * picture.height] as const
  await page.mouse.move(...at(0.3, 0.3))
  await page.mouse.down()
  await page.mouse.move(...at(0.7, 0.3), { steps: 8 })
  await page.mouse.up()
  await page.getByRole('img', { name: '1 drawn line' }).waitFor()
  await recorder.hasRecorded(2)
  await page.getByRole('button', { name: 'Clear drawing' }).click()
  await page.getByRole('img', { name: '0 drawn lines' }).waitFor()
  await page.keyboard.press('Escape')
  await recorder.button('Draw').and(page.locator('[aria-pressed="false"]')).waitFor()
  await recorder.hasRecorded(4)
  await recorder.stop.click()
  const line = await coloursOf(await hlsOf(await recorder.isDone()), 'iw*0.3:2:iw*0.35:ih*0.3-1')
  expect(Math.max(...line.map(({ red }) => red))).toBeGreaterThan(150)
  expect(line.at(-1)?.red).toBeLessThan(60)
})

it('the microphone is muted and unmuted, and another one goes on in its place', async () => {
  const { page, recorder } = await open()
  await recorder.start('Audio only')
  await recorder.button('Mute microphone').click()
  await recorder.says('Muted: your voice is not recorded.')
  await recorder.says('Recording. The microphone is muted.')
  await page.keyboard.press('x')
  await recorder.button('Mute microphone').waitFor()
  await page.getByRole('meter').waitFor({ state: 'attached' })
  const microphone = page.getByLabel('Microphone', { exact: true })
  await microphone.selectOption({ label: 'Fake Audio Input 2' })
  await recorder.hasRecorded(2)
  await expect.poll(() => page.getByRole('alert').count()).toBe(0)
  await recorder.stop.click()
  const video = await videoOf(await recorder.isDone())
  expect(video.hasPicture).toBe(false)
  expect(video.recordedMs).toBeGreaterThan(1500)
})

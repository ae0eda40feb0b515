import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { coloursOf } from './recorded-frames.ts'
import { recorderOn } from './recorder.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, as } = scene
const ada = await given.person('Ada')

const it = test.skipIf(!hasChromium)
const read = async (url: string) => (await as(ada).inject({ url })).json()
const videoOf = async (updateId: string) => read(`/api/videos/${(await read(`/api/updates/${updateId}`)).videoId}`)
const hlsOf = async (updateId: string) => scene.origin + (await videoOf(updateId)).playback.hls
const countUpdates = async () => (await read('/api/updates')).items.length

async function open() {
  const page = await scene.pageOf(ada)
  return { page, recorder: recorderOn(page) }
}
const isOn = (page: Page, name: string) => page.getByRole('button', { name, exact: false }).waitFor()
const spoken = (page: Page, text: string | RegExp) =>
  page.getByRole('region', { name: 'Recording' }).getByText(text).first().waitFor()

it('a marker becomes a chapter at its moment', async () => {
  const { page, recorder } = await open()
  await recorder.start('Camera')
  await recorder.hasRecorded(1)
  await recorder.button('Add marker').click()
  await recorder.button('Add marker, so far 1').waitFor()
  await recorder.hasRecorded(2)
  await page.keyboard.press('m')
  await recorder.button('Add marker, so far 2').waitFor()
  await spoken(page, '2 markers.')
  await recorder.stop.click()
  const { chapters } = await videoOf(await recorder.isDone())
  expect(chapters.map(({ title }: { title: string }) => title)).toEqual(['Marker 1', 'Marker 2'])
  expect(chapters[0].atMs).toBeGreaterThanOrEqual(1000)
  expect(chapters[1].atMs).toBeGreaterThanOrEqual(2000)
})

it('while private nothing is recorded of the picture, and nobody can miss that it is private', async () => {
  const { page, recorder } = await open()
  await recorder.start('Camera')
  await recorder.hasRecorded(1)
  await recorder.button('Go private').click()
  await spoken(page, 'The recording goes on with a black picture and without sound.')
  await spoken(page, /^Recording\. Private: the picture is black/)
  await expect.poll(() => page.title()).toContain('◼')
  await recorder.hasRecorded(3)
  await page.keyboard.press('b')
  await recorder.button('Go private').waitFor()
  await recorder.hasRecorded(5)
  await recorder.stop.click()
  const green = (await coloursOf(await hlsOf(await recorder.isDone()))).map((colour) => colour.green)
  expect(green[1]).toBeGreaterThan(60)
  expect(green.at(-2)).toBeGreaterThan(60)
  expect(green.filter((value) => value < 8).length).toBeGreaterThanOrEqual(5)
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
  await spoken(page, 'Muted: your voice is not recorded.')
  await spoken(page, 'Recording. The microphone is muted.')
  await page.keyboard.press('x')
  await recorder.button('Mute microphone').waitFor()
  await page.getByRole('meter').waitFor({ state: 'attached' })
  const microphone = page.getByLabel('Microphone', { exact: true })
  await microphone.selectOption({ label: 'Fake Audio Input 2' })
  await recorder.hasRecorded(2)
  expect(await page.getByRole('alert').count()).toBe(0)
  await recorder.stop.click()
  const video = await videoOf(await recorder.isDone())
  expect(video.hasPicture).toBe(false)
  expect(video.recordedMs).toBeGreaterThan(1500)
})

it('another surface goes on in the same recording', async () => {
  const { page, recorder } = await open()
  await recorder.start('Tab')
  await recorder.hasRecorded(1)
  const shared = () =>
    page
      .getByLabel('What is recorded')
      .evaluate((video: HTMLVideoElement) => (video.srcObject as MediaStream).getVideoTracks()[0]?.id)
  if ((await page.getByLabel('What is recorded').count()) === 0)
    await page.getByRole('button', { name: 'Show a preview' }).click()
  const before = await shared()
  await recorder.button('Share something else').click()
  await expect.poll(shared).not.toBe(before)
  await recorder.hasRecorded(3)
  await recorder.stop.click()
  expect((await videoOf(await recorder.isDone())).recordedMs).toBeGreaterThan(2500)
})

it('starting again asks once, then counts from nothing, and what came before is gone', async () => {
  const before = await countUpdates()
  const { page, recorder } = await open()
  await recorder.start('Camera')
  await recorder.hasRecorded(2)
  await page.keyboard.press('a')
  const question = page.getByRole('dialog', { name: 'Start again from the beginning?' })
  await question.getByRole('button', { name: 'Keep recording' }).click()
  await recorder.hasRecorded(3)
  await recorder.button('Restart').click()
  await question.getByRole('button', { name: 'Start again' }).click()
  await recorder.button('Skip countdown').click()
  await recorder.hasRecorded(1)
  await recorder.stop.click()
  const { recordedMs } = await videoOf(await recorder.isDone())
  expect(recordedMs).toBeLessThan(2900)
  await expect.poll(countUpdates).toBe(before + 1)
})

it('discarding says that a copy stays on this device until the next recording', async () => {
  const { page, recorder } = await open()
  await recorder.start('Camera')
  await recorder.hasRecorded(1)
  await page.keyboard.press('Delete')
  const question = page.getByRole('dialog', { name: 'Discard this recording?' })
  await question.getByText('A copy stays on this device until your next recording.').waitFor()
  await question.getByRole('button', { name: 'Discard recording' }).click()
  await recorder.button('Start recording').waitFor()
})

it('counters, title and icon of the tab tell the truth', async () => {
  const { page, recorder } = await open()
  await recorder.start('Camera')
  const icon = () => page.locator('link[rel="icon"]').getAttribute('href')
  await expect.poll(icon).toMatch(/^data:image\/svg/)
  await expect.poll(() => page.title()).toMatch(/^● \d:\d\d · Record/)
  const counters = async () => {
    const text = (await page.getByText(/^on this device \d+:\d\d · safe on the server \d+:\d\d$/).textContent()) ?? ''
    const [device = 0, server = 0] = [...text.matchAll(/(\d+):(\d\d)/g)].map(([, m, s]) => Number(m) * 60 + Number(s))
    return { device, server }
  }
  await page.context().setOffline(true)
  await expect.poll(async () => (await counters()).device, { timeout: 20_000 }).toBeGreaterThanOrEqual(4)
  const apart = await counters()
  expect(apart.server).toBeLessThan(apart.device)
  await page.context().setOffline(false)
  await expect.poll(async () => (await counters()).server, { timeout: 20_000 }).toBeGreaterThanOrEqual(apart.device)
  await recorder.button('Pause').click()
  await expect.poll(() => page.title()).toMatch(/^❚❚ /)
  await recorder.stop.click()
  await recorder.isDone()
  expect(await icon()).toBe('/favicon.svg')
})

it('everything is done with keys alone', async () => {
  const { page, recorder } = await open()
  await page.goto('/record')
  await recorder.button('Start recording').waitFor()
  const focused = () =>
    page.evaluate(() => document.activeElement?.getAttribute('value') ?? document.activeElement?.textContent?.trim())
  for (let presses = 0; presses < 20 && (await focused()) !== 'screen'; presses++) await page.keyboard.press('Tab')
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press('ArrowRight')
  expect(await page.getByRole('radio', { name: 'Camera' }).isChecked()).toBe(true)
  await page.keyboard.press('r')
  await recorder.button('Skip countdown').waitFor()
  await page.keyboard.press('Enter')
  await recorder.hasRecorded(1)
  for (const [key, name] of [
    ['p', 'Resume'],
    ['p', 'Pause'],
    ['x', 'Unmute microphone'],
    ['x', 'Mute microphone'],
    ['b', 'End private'],
    ['b', 'Go private'],
    ['m', 'Add marker, so far 1'],
  ] as const) {
    await page.keyboard.press(key)
    await isOn(page, name)
  }
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keys of the recorder' }).getByText('Pause and resume').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('r')
  await recorder.isDone()
})

it('single keys that are switched off do nothing, and are not shown', async () => {
  const { page, recorder } = await open()
  await recorder.start('Camera')
  await recorder.button('Keys').click()
  await page.getByLabel('Letters, digits and signs are shortcuts').uncheck()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('p')
  await page.keyboard.press('r')
  await recorder.hasRecorded(2)
  expect(await recorder.button('Pause').getAttribute('aria-keyshortcuts')).toBeNull()
  await recorder.button('Keys').click()
  await page.getByLabel('Letters, digits and signs are shortcuts').check()
  await page.getByRole('button', { name: 'Done' }).click()
  expect(await recorder.button('Pause').getAttribute('aria-keyshortcuts')).toBe('P')
  await recorder.stop.click()
  await recorder.isDone()
})

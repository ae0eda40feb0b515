import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { recorderOn } from './recorder.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given } = scene
const ada = await given.person('Ada')

const it = test.skipIf(!hasChromium)
const { read, videoOf } = scene.readAs(ada)
const countUpdates = async () => (await read('/api/updates')).items.length

async function open() {
  const page = await scene.pageOf(ada)
  return { page, recorder: recorderOn(page) }
}
const isOn = (page: Page, name: string) => page.getByRole('button', { name, exact: false }).waitFor()

it('a marker becomes a chapter at its moment', async () => {
  const { page, recorder } = await open()
  await recorder.start('Camera')
  await recorder.hasRecorded(1)
  await recorder.button('Add marker').click()
  await recorder.button('Add marker 1 so far').waitFor()
  await recorder.hasRecorded(2)
  await page.keyboard.press('m')
  await recorder.button('Add marker 2 so far').waitFor()
  await recorder.says('2 markers.')
  await recorder.stop.click()
  const { chapters } = await videoOf(await recorder.isDone())
  expect(chapters.map(({ title }: { title: string }) => title)).toEqual(['Marker 1', 'Marker 2'])
  expect(chapters[0].atMs).toBeGreaterThanOrEqual(1000)
  expect(chapters[1].atMs).toBeGreaterThanOrEqual(2000)
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

it('who is signed out while it records is told so, and it is sent as soon as they have signed in again', async () => {
  const { page, recorder } = await open()
  await recorder.start('Camera')
  await recorder.hasRecorded(1)
  const cookies = await page.context().cookies()
  await page.context().clearCookies()
  await recorder.says('You are signed out')
  await recorder.hasRecorded(5)
  await page.context().addCookies(cookies)
  await recorder.says(/safe on the server (0:0[5-9]|0:[1-5])/)
  await page.getByText('You are signed out').waitFor({ state: 'detached' })
  await recorder.stop.click()
  expect((await videoOf(await recorder.isDone())).recordedMs).toBeGreaterThan(5000)
})

it('starting again asks once, then counts from nothing, and what came before is gone', async () => {
  const before = await countUpdates()
  const { page, recorder } = await open()
  await recorder.start('Camera')
  await recorder.hasRecorded(2)
  await page.keyboard.press('a')
  const question = page.getByRole('dialog', { name: 'Start again from the beginning?' })
  await question.getByRole('button', { name: 'Keep recording' }).click()
  await recorder.hasRecorded(6)
  await recorder.button('Restart').click()
  await question.getByRole('button', { name: 'Start again' }).click()
  await recorder.button('Skip countdown').click()
  await recorder.hasRecorded(1)
  await recorder.stop.click()
  const { recordedMs } = await videoOf(await recorder.isDone())
  expect(recordedMs).toBeLessThan(6000)
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
  await expect.poll(() => page.getByRole('radio', { name: 'Camera' }).isChecked()).toBe(true)
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
    ['m', 'Add marker 1 so far'],
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
  await expect.poll(() => recorder.button('Pause').getAttribute('aria-keyshortcuts')).toBeNull()
  await recorder.button('Keys').click()
  await page.getByLabel('Letters, digits and signs are shortcuts').check()
  await page.getByRole('button', { name: 'Done' }).click()
  await expect.poll(() => recorder.button('Pause').getAttribute('aria-keyshortcuts')).toBe('P')
  await recorder.stop.click()
  await recorder.isDone()
})

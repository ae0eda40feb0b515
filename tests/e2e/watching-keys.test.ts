import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, as } = scene
const ada = await given.person('Ada')
const recording = await given.recording(ada, await cutRecording({ ms: 4000, repeat: 10 }))
const path = `/u/${recording.id}`

const it = test.skipIf(!hasChromium)

/** Ada's browser on the page of the recording, at its beginning. */
async function watch() {
  const page = await scene.pageOf(ada)
  const player = playerOn(page)
  await player.open(`${path}?t=0`)
  return { page, player }
}

it('keys play, pause, skip, jump to tenths, and to both ends', async () => {
  const { page, player } = await watch()
  const totalMs = await player.read((video) => video.duration * 1000)
  await page.keyboard.press('k')
  await player.movesOn()
  await page.keyboard.press('k')
  expect(await player.isPaused()).toBe(true)
  await page.keyboard.press('Space')
  await player.movesOn()
  await page.keyboard.press('Space')
  expect(await player.isPaused()).toBe(true)

  await page.keyboard.press('0')
  await player.isAt(0)
  for (const [key, ms] of [
    ['l', 10_000],
    ['ArrowRight', 15_000],
    ['j', 5000],
    ['ArrowLeft', 0],
    ['ArrowLeft', 0],
    ['5', totalMs / 2],
    ['9', totalMs * 0.9],
    ['L', totalMs],
    ['Home', 0],
    ['End', totalMs],
    ['0', 0],
  ] as const) {
    await page.keyboard.press(key)
    await player.isAt(ms, key === 'End' || key === 'L' ? 700 : 60)
  }
})

it('what is watched goes as fast as the player says, at every speed', async () => {
  const { page, player } = await watch()
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press('<')
  await player.play()
  /** How much faster the media goes than the clock, over most of a second. A busy machine may hold up one, and not each. */
  const pace = () =>
    player.read(async (video) => {
      const [atMs, at] = [performance.now(), video.currentTime]
      await new Promise((resolve) => setTimeout(resolve, 700))
      return ((video.currentTime - at) * 1000) / (performance.now() - atMs)
    })
  for (const rate of [0.5, 0.75, 1, 1.2, 1.5, 1.7, 2, 2.5, 3]) {
    await expect.poll(player.rate).toBe(rate)
    await expect
      .poll(async () => Math.abs((await pace()) / rate - 1), { message: `at ${rate}×`, timeout: 15_000 })
      .toBeLessThan(0.1)
    await page.keyboard.press('>')
  }
  await as(ada).inject({ method: 'PATCH', url: '/api/me', payload: { rate: 1 } })
})

it('keys change the speed within its bounds, mute, fill the screen, take the picture out of the page, and explain themselves', async () => {
  const { page, player } = await watch()
  for (const expected of [1.2, 1.5, 1.7, 2, 2.5, 3, 3]) {
    await page.keyboard.press('>')
    await expect.poll(player.rate).toBe(expected)
  }
  for (const expected of [2.5, 2, 1.7, 1.5, 1.2, 1, 0.75, 0.5, 0.5, 0.5]) {
    await page.keyboard.press('<')
    await expect.poll(player.rate).toBe(expected)
  }
  await page.keyboard.press('>')
  await page.keyboard.press('>')
  await expect.poll(player.rate).toBe(1)

  await page.keyboard.press('m')
  expect(await player.read((video) => video.muted)).toBe(true)
  await page.getByRole('button', { name: 'Unmute' }).waitFor()
  await page.keyboard.press('m')
  expect(await player.read((video) => video.muted)).toBe(false)

  const isFull = () => page.evaluate(() => document.fullscreenElement?.getAttribute('aria-label') ?? null)
  await page.keyboard.press('f')
  await expect.poll(isFull).toBe('Player')
  await page.getByRole('button', { name: 'Leave full screen' }).waitFor()
  await page.keyboard.press('f')
  await expect.poll(isFull).toBeNull()

  // How loud it is remembered, however it was said.
  await page.locator('.along').waitFor({ state: 'attached' })
  await page.getByRole('button', { name: 'Play', exact: true }).press('ArrowDown')
  await page.keyboard.press('m')
  await page.reload()
  await player.isReady()
  expect(await player.read(({ volume, muted }) => [volume, muted])).toEqual([0.9, true])

  const outside = page.getByRole('button', { name: 'Picture in picture' })
  for (const pressed of ['true', 'false']) {
    await page.keyboard.press('p')
    await expect.poll(() => outside.getAttribute('aria-pressed')).toBe(pressed)
  }
  await page.keyboard.press('s')
  await page.getByText('No captions').waitFor()
  await page.keyboard.press('c')
  await expect
    .poll(() => page.getByRole('textbox', { name: 'Add a comment' }).evaluate((field) => field === document.activeElement))
    .toBe(true)
  await page.keyboard.press('Escape')

  await page.keyboard.press('?')
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await help.getByText('Comment at this moment').waitFor()
  await page.keyboard.press('k')
  expect(await player.isPaused()).toBe(true)
  await page.keyboard.press('Escape')
  await help.waitFor({ state: 'detached' })
})

it('what is typed is text, and what belongs to the browser stays the browser’s', async () => {
  const { page, player } = await watch()
  await page.getByRole('textbox', { name: 'Add a comment' }).click()
  await page.keyboard.type('k l 5 < > m f ? c')
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => page.getByRole('textbox', { name: 'Add a comment' }).inputValue()).toBe('k l 5 < > m f ? c')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+c')
  await page.keyboard.press('Alt+5')
  expect(await player.read(({ paused, muted, playbackRate, currentTime }) => [paused, muted, playbackRate, currentTime])).toEqual(
    [true, false, 1, 0],
  )
})

it('letters and digits can be turned off as shortcuts, for good; space and arrows go on working', async () => {
  const { page, player } = await watch()
  await page.getByRole('button', { name: 'Quality' }).click()
  await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click()
  await page.getByRole('checkbox', { name: /shortcuts/ }).uncheck()
  await page.getByRole('button', { name: 'Done' }).click()
  await page.reload()
  await player.isReady()
  await page.keyboard.press('5')
  await page.keyboard.press('ArrowRight')
  await player.isAt(5000)
})

it('the slider is moved by keys and says where it is in words', async () => {
  const { page, player } = await watch()
  const totalMs = await player.read((video) => video.duration * 1000)
  const slider = page.getByRole('slider', { name: 'Seek' })
  await slider.focus()
  for (const [key, text, ms] of [
    ['ArrowRight', '5 seconds of 40 seconds', 5000],
    ['ArrowUp', '10 seconds of 40 seconds', 10_000],
    ['PageUp', '14 seconds of 40 seconds', 14_000],
    ['PageDown', '10 seconds of 40 seconds', 10_000],
    ['ArrowDown', '5 seconds of 40 seconds', 5000],
    ['ArrowLeft', '0 seconds of 40 seconds', 0],
    ['End', '40 seconds of 40 seconds', totalMs],
    ['Home', '0 seconds of 40 seconds', 0],
  ] as const) {
    await slider.press(key)
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe(text)
    await player.isAt(ms, 700)
  }
  await expect.poll(() => slider.getAttribute('aria-valuemax')).toBe('40')

  const box = (await slider.boundingBox())!
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2)
  await player.isAt(totalMs / 2, 200)
})

it('the speed is remembered for the person, in this browser and in another one', async () => {
  const { page, player } = await watch()
  await page.getByRole('button', { name: 'Speed' }).click()
  const saved = page.waitForResponse(
    (response) => response.url().endsWith('/api/me/preferences') && response.request().method() === 'PATCH',
  )
  await page.getByRole('menuitemradio', { name: '1.7×' }).click()
  await saved
  await page.reload()
  await player.isReady()
  expect(await player.rate()).toBe(1.7)
  await page.getByText('0:40, 0:23 at 1.7×').waitFor()
  const elsewhere = await watch()
  expect(await elsewhere.player.rate()).toBe(1.7)

  // A player that is still open with another speed does not bring that back.
  await as(ada).inject({ method: 'PATCH', url: '/api/me', payload: { rate: 1 } })
  await player.play()
  const reported = page.waitForResponse(/\/view$/)
  await player.pause()
  expect((await reported).ok()).toBe(true)
  expect((await as(ada).inject({ url: '/api/me' })).json().rate).toBe(1)
})

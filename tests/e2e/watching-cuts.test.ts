import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, as } = scene
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cut = await cutRecording({ ms: 4000, repeat: 10 })

const it = test.skipIf(!hasChromium)

async function watch(path: string, person = ben) {
  const page = await scene.pageOf(person)
  const player = playerOn(page)
  await player.open(path)
  return { page, player }
}
const seekOn = (page: Page) => page.getByRole('slider', { name: 'Seek' })
const write = (updateId: string, text: string, atMs: number) =>
  as(ben).inject({ method: 'POST', url: `/api/updates/${updateId}/comments`, payload: { text, atMs } })

it('the author trims; whoever watches meanwhile sees the rest only, with its length, keys and comments', async () => {
  const { id, videoId } = await given.recording(ada, cut, 'Trimmed')
  await write(id, 'At eleven', 11_000)
  await write(id, 'Before anything', 2000)
  const other = await watch(`/u/${id}?t=0`)
  await other.page.getByText('At eleven').waitFor()

  const { page, player } = await watch(`/u/${id}?t=0`, ada)
  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Trim' }).click()
  const panel = page.getByRole('region', { name: 'Trim' })
  const [start, end] = [panel.getByRole('slider', { name: 'Start' }), panel.getByRole('slider', { name: 'End' })]
  await start.focus()
  for (let step = 0; step < 10; step++) await page.keyboard.press('Shift+ArrowRight')
  for (let step = 0; step < 2; step++) await page.keyboard.press('ArrowLeft')
  await expect.poll(() => start.getAttribute('aria-valuetext')).toBe('0:09.8')
  await player.isAt(9800)
  await panel.getByRole('textbox', { name: 'Ends at' }).fill('0:29.8')
  await page.keyboard.press('Enter')
  await expect.poll(() => end.getAttribute('aria-valuetext')).toBe('0:29.8')
  await panel.getByText('0:20.0 of 0:40.0 is kept').waitFor()
  // Nobody else sees anything of it before it is saved.
  await expect.poll(() => seekOn(other.page).getAttribute('aria-valuemax')).toBe('40')
  await panel.getByRole('button', { name: 'Save' }).click()
  await panel.waitFor({ state: 'detached' })
  expect((await as(ben).inject({ url: `/api/videos/${videoId}` })).json().durationMs).toBe(20_000)
  await expect.poll(() => seekOn(other.page).getAttribute('aria-valuemax')).toBe('20')
  await other.page.getByText('/ 0:20').waitFor()
  for (const [key, recordedMs] of [
    ['Home', 9800],
    ['5', 19_800],
    ['9', 27_800],
    ['End', 29_799],
    ['l', 29_799],
    ['j', 19_800],
    ['0', 9800],
    ['ArrowRight', 14_800],
  ] as const) {
    await other.page.keyboard.press(key)
    await other.player.isAt(recordedMs)
  }
  await other.page.getByRole('button', { name: 'Comment by Ben at 0:01' }).click()
  await other.player.isAt(11_000)
  const comments = other.page.getByRole('list', { name: 'Comments' })
  await comments.getByRole('button', { name: '0:01' }).waitFor()
  await comments.getByRole('listitem').filter({ hasText: 'Before anything' }).getByText('in a part that was cut').waitFor()
  await expect.poll(() => other.page.getByRole('list', { name: 'Marks' }).getByRole('button').count()).toBe(1)

  await page.getByRole('button', { name: 'More', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Trim' }).click()
  await panel.getByRole('button', { name: 'Restore the whole recording' }).click()
  await panel.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => seekOn(other.page).getAttribute('aria-valuemax')).toBe('40')
})

it('what is cut is never played: playback jumps over it, ends where the cut at the end begins, and starts anew', async () => {
  const { id, videoId } = await given.recording(ada, cut, 'Jumping')
  const cuts = [
    [0, 6000],
    [9000, 26_000],
    [29_000, 40_000],
  ]
  await given.edit(ada, videoId, { cuts })
  const { page, player } = await watch(`/u/${id}`)
  await player.isAt(6000)
  await page.evaluate(() => {
    const video = document.querySelector('video')!
    const frames: number[] = []
    Object.assign(window, { frames })
    video.requestVideoFrameCallback(function next(_, { mediaTime }) {
      if (!video.seeking) frames.push(Math.round(mediaTime * 1000))
      video.requestVideoFrameCallback(next)
    })
  })
  const ended = player.read((video) => new Promise((resolve) => video.addEventListener('ended', () => resolve(video.paused))))
  await player.play()
  expect(await ended).toBe(true)
  const frames = await page.evaluate(() => (window as unknown as { frames: number[] }).frames)
  const isCut = (ms: number) => cuts.some(([from = 0, to = 0]) => ms >= from && ms < to - 40)
  expect(frames.filter(isCut)).toEqual([])
  expect(Math.max(...frames)).toBeGreaterThan(27_500)
  expect(frames.some((ms) => ms > 8000 && ms < 9000)).toBe(true)
  await page.getByText('0:06 / 0:06').waitFor()

  await page.getByRole('button', { name: 'Play', exact: true }).click()
  await player.isAt(6000, 2500)
  // Not even somebody who asks for it lands in a part that was cut.
  await player.read((video) => {
    video.pause()
    video.currentTime = 15
  })
  await player.isAt(26_000)
})

it('links, places and what was seen stay on the clock of the recording', async () => {
  const { id, videoId } = await given.recording(ada, cut, 'On the clock')
  await given.edit(ada, videoId, { cuts: [[0, 10_000]] })
  const { page, player } = await watch(`/u/${id}?t=15`)
  await player.isAt(15_000)
  await page.getByRole('button', { name: 'Copy at 0:05 as a link' }).click()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/\?t=15$/)
  await page.getByRole('textbox', { name: 'Add a comment' }).fill('Here')
  await page.getByRole('button', { name: 'At 0:05', exact: true }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Comment by Ben at 0:05' }).waitFor()
  await expect.poll(async () => (await as(ben).inject({ url: `/api/updates/${id}/comments` })).json().items[0]?.atMs).toBe(15_000)

  await player.play()
  await player.pause()
  const leftMs = await player.currentMs()
  await expect
    .poll(async () => (await as(ben).inject({ url: `/api/updates/${id}` })).json().view.positionMs)
    .toBeGreaterThan(15_000)
  await player.open(`/u/${id}`)
  await player.isAt(leftMs)
})

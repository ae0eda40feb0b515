import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, as } = scene
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const { videoOf } = scene.readAs(ben)
const cut = await cutRecording({ ms: 4000, repeat: 5 })
const { id } = await given.recording(ada, cut, 'Watched before')

const it = test.skipIf(!hasChromium)

async function watch(query = '?t=0') {
  const page = await scene.pageOf(ben)
  const player = playerOn(page)
  await player.open(`/u/${id}${query}`)
  return { page, player }
}

it('what was seen is on the timeline, and only what was not is played for who wants that', async () => {
  const seen: [number, number][] = [
    [0, 6000],
    [10_000, 16_000],
  ]
  await as(ben).inject({ method: 'PUT', url: `/api/updates/${id}/view`, payload: { ranges: seen, positionMs: 16_000, rate: 3 } })
  await as(ben).inject({ method: 'PATCH', url: '/api/me', payload: { rate: 2 } })
  const { page } = await watch('')
  await page.getByText('Seen 0:12 of 0:20').waitFor()
  const parts = await page.locator('.along .seen').evaluateAll((nodes) => nodes.map((node) => (node as HTMLElement).style.left))
  expect(parts.map((left) => Math.round(Number.parseFloat(left)))).toEqual([0, 50])

  const frames = page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const video = document.querySelector('video')!
        const shown: number[] = []
        video.addEventListener(
          'seeked',
          () =>
            video.requestVideoFrameCallback(function next(_, { mediaTime }) {
              shown.push(Math.round(mediaTime * 1000))
              video.requestVideoFrameCallback(next)
            }),
          { once: true },
        )
        video.addEventListener('ended', () => resolve(shown), { once: true })
      }),
  )
  await page.getByRole('button', { name: 'Play what I have not seen' }).click()
  await page.getByText('Only what you have not seen is played.').waitFor()
  const shown = await frames
  expect(Math.min(...shown)).toBeGreaterThanOrEqual(5900)
  expect(shown.some((ms) => ms < 10_000)).toBe(true)
  // A timer may be late, and a jump begin in what was seen, but not end behind it.
  expect(shown.filter((ms) => ms > 13_000 && ms < 15_900)).toEqual([])
  await expect.poll(() => page.locator('.along .seen').count()).toBe(1)
  await page.getByText(/^Seen/).waitFor({ state: 'detached' })
  // What was seen before and now leaves nothing between.
  await expect
    .poll(async () => (await as(ben).inject({ url: `/api/updates/${id}` })).json().view.seen, { timeout: 15_000 })
    .toEqual([[0, expect.toSatisfy((ms: number) => ms > 19_900)]])
  await as(ben).inject({ method: 'PATCH', url: '/api/me', payload: { rate: 1 } })
})

it('a range is looped until somebody goes elsewhere', async () => {
  const { page, player } = await watch('?t=3')
  await player.isAt(3000)
  await page.getByRole('button', { name: 'Quality and settings' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Loop a range' }).click()
  const loop = page.getByRole('group', { name: 'Loop' })
  await loop.getByText('Loop 0:03–0:08').waitFor()
  await player.seek(4500)
  await loop.getByRole('button', { name: 'End here' }).click()
  await loop.getByText('Loop 0:03–0:04').waitFor()
  const turns = page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const video = document.querySelector('video')!
        const from: number[] = []
        video.addEventListener('seeked', () => from.push(Math.round(video.currentTime * 1000)) === 2 && resolve(from))
      }),
  )
  await player.play()
  for (const ms of await turns) expect(Math.abs(ms - 3000)).toBeLessThan(300)
  await page.keyboard.press('5')
  await loop.waitFor({ state: 'detached' })
  await expect.poll(player.currentMs).toBeGreaterThan(10_100)
})

it('keys step through the pictures and make the player as wide as the page, which is remembered', async () => {
  const { page, player } = await watch('?t=2')
  await player.isAt(2000)
  await page.locator('.along').waitFor({ state: 'attached' })
  const number = async () => Math.floor(((await player.currentMs()) * 30) / 1000)
  for (const [key, expected] of [
    ['.', 61],
    ['.', 62],
    [',', 61],
    [',', 60],
    [',', 59],
  ] as const) {
    await page.keyboard.press(key)
    await expect.poll(number, { message: key }).toBe(expected)
  }
  const widthOf = async () => (await page.getByRole('region', { name: 'Player' }).boundingBox())?.width ?? 0
  const before = await widthOf()
  await page.keyboard.press('t')
  await expect.poll(widthOf).toBeGreaterThan(before * 1.2)
  await page.reload()
  await player.isReady()
  await expect.poll(widthOf).toBeGreaterThan(before * 1.2)
  await page.getByRole('button', { name: 'Quality and settings' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Theatre mode' }).click()
  await expect.poll(widthOf).toBe(before)
})

it('how loud it is where is drawn along the timeline', async () => {
  await scene.startWorker()
  await expect.poll(async () => (await videoOf(id)).playback.waveform, { timeout: 60_000 }).not.toBeNull()
  const { page } = await watch()
  await expect.poll(() => page.locator('.along path').getAttribute('d')).toMatch(/^M0\.5 100V\d/)
})

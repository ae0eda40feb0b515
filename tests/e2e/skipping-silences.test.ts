import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given } = scene
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const { videoOf } = scene.readAs(ben)
const silent: [number, number][] = [
  [2000, 6000],
  [8000, 12_000],
]
const { id, videoId } = await given.recording(ada, await cutRecording({ ms: 14_000, silent }), 'With pauses')

const it = test.skipIf(!hasChromium)

async function watch(page: Page) {
  const player = playerOn(page)
  await player.open(`/u/${id}?t=0`)
  return player
}
/** The moments of all frames that are shown from now on, until playback has ended. */
const framesUntilEnd = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const video = document.querySelector('video')!
        const frames: number[] = []
        video.requestVideoFrameCallback(function next(_, { mediaTime }) {
          frames.push(Math.round(mediaTime * 1000))
          video.requestVideoFrameCallback(next)
        })
        video.addEventListener('ended', () => resolve(frames), { once: true })
      }),
  )

it('silences are left out when somebody wants it, never what is said; how long it takes is said before, what it saved after', async () => {
  await scene.startWorker()
  await expect.poll(async () => (await videoOf(id)).playback.silences, { timeout: 60_000 }).not.toBeNull()
  const { silences } = (await videoOf(id)).playback
  expect(silences).toHaveLength(2)

  const page = await scene.pageOf(ben)
  const player = await watch(page)
  await page.getByText('0:14, 0:06 without silences').waitFor()
  const skip = page.getByRole('switch', { name: 'Skip silences' })
  await expect.poll(() => skip.getAttribute('aria-checked')).toBe('false')
  await skip.click()
  await page.getByText('0:14 → 0:06 without silences').waitFor()
  await page.getByRole('button', { name: 'Speed' }).click()
  await page.getByRole('menuitemradio', { name: '1.5×', exact: true }).click()
  await page.getByText('0:14 → 0:04 at 1.5× without silences').waitFor()

  const shown = framesUntilEnd(page)
  await player.play()
  const frames = await shown
  // A timer may be late, and a jump begin in the silence, but not end behind it.
  const inside = (ms: number) => silences.some(([from, to]: [number, number]) => ms > from + 1500 && ms < to - 40)
  expect(frames.filter(inside)).toEqual([])
  for (const [, to] of silences) expect(Math.min(...frames.filter((ms) => ms >= to - 40))).toBeLessThan(to + 200)
  await page.getByText(/^0:0[34] saved$/).waitFor()

  // It is remembered, and can be seen and changed in the menu, too.
  await page.reload()
  await player.isReady()
  await page.getByText('0:14 → 0:04 at 1.5× without silences').waitFor()
  await page.getByRole('button', { name: 'Quality and settings' }).click()
  const entry = page.getByRole('menuitemcheckbox', { name: 'Skip silences' })
  await expect.poll(() => entry.getAttribute('aria-checked')).toBe('true')
  await entry.click()
  await expect.poll(() => skip.getAttribute('aria-checked')).toBe('false')
  // Who does not want it hears the silences.
  await player.seek(3000)
  await player.play()
  await expect.poll(player.currentMs).toBeGreaterThan(3500)
  expect(await player.currentMs()).toBeLessThan(5700)
})

it('a silence beside a cut and the cut are left out together', async () => {
  await given.edit(ada, videoId, { cuts: [[3000, 7000]] })
  await scene.as(ben).inject({ method: 'PATCH', url: '/api/me', payload: { rate: 1 } })
  const page = await scene.pageOf(ben)
  const player = await watch(page)
  await page.getByText('0:10, 0:05 without silences').waitFor()
  await page.getByRole('switch', { name: 'Skip silences' }).click()
  const shown = framesUntilEnd(page)
  await player.play()
  const frames = await shown
  expect(frames.filter((ms) => ms >= 3000 && ms < 6960)).toEqual([])
  expect(frames.some((ms) => ms >= 7000 && ms < 8000)).toBe(true)
})

import type { Video } from '@meanwhile/shared/contract/videos'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type * as z from 'zod'
import { createAccount, record, startBrowser } from '../support/browser.ts'
import { hasChromium } from '../support/chromium.ts'
import { ffprobe, offsetSeconds } from '../support/ffprobe.ts'
import { startSite } from '../support/site.ts'

type WireVideo = z.input<typeof Video>

const recordedMs = 10_000
const media = (page: Page) => page.locator('video').first()
const currentMs = (page: Page) => media(page).evaluate((video: HTMLVideoElement) => video.currentTime * 1000)

test.skipIf(!hasChromium)('record, press Stop, watch at 1.5×, comment at the second', async () => {
  const site = await startSite()
  const { context } = await startBrowser()
  const page = await (await context(site.origin)).newPage()
  const inPage = <T>(path: string) => page.evaluate(async (url) => (await fetch(url)).json(), path) as Promise<T>
  const video = async (): Promise<WireVideo> => {
    const { videoId } = await inPage<{ videoId: string }>(`/api/updates/${new URL(page.url()).pathname.split('/')[2]}`)
    return inPage(`/api/videos/${videoId}`)
  }

  await createAccount(page, 'Ada')
  const { leastMs, mostMs } = await record(page, recordedMs)

  // The page plays, without any worker.
  await page.waitForURL(/\/u\/[0-9a-f-]{36}/)
  const play = page.getByRole('button', { name: 'Play', exact: true }).first()
  await play.click()
  await page.waitForFunction(() => (document.querySelector('video')?.currentTime ?? 0) > 0)
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url())

  // As long as it was recorded.
  const fresh = await video()
  expect(fresh.state).toBe('processing')
  expect(fresh.playback.original).toBeNull()
  expect(fresh.durationMs).toBeGreaterThan(leastMs - 300)
  expect(fresh.durationMs).toBeLessThan(mostMs)
  const shownMs = await media(page).evaluate((element: HTMLVideoElement) => element.duration * 1000)
  expect(Math.abs(shownMs - fresh.durationMs)).toBeLessThan(300)

  // 1.5× plays 1.5 s of media a second, with the pitch kept, and is remembered.
  await page.getByRole('button', { name: 'Speed' }).click()
  await page.getByRole('menuitemradio', { name: '1.5×' }).click()
  await page.waitForTimeout(500)
  const clock = await page.evaluate(async () => {
    const element = document.querySelector('video') as HTMLVideoElement
    const from = [performance.now(), element.currentTime] as const
    await new Promise((resolve) => setTimeout(resolve, 3000))
    return { rate: (element.currentTime - from[1]) / ((performance.now() - from[0]) / 1000), pitchKept: element.preservesPitch }
  })
  expect(clock.rate).toBeGreaterThan(1.5 * 0.95)
  expect(clock.rate).toBeLessThan(1.5 * 1.05)
  expect(clock.pitchKept).toBe(true)
  await expect.poll(async () => (await inPage<{ rate: number }>('/api/me')).rate).toBe(1.5)

  // A second person, in another browser, watches too.
  const invitation = await page.evaluate(async () => (await fetch('/api/invitations', { method: 'POST' })).json())
  const other = await (await context(site.origin)).newPage()
  await createAccount(other, 'Ben', new URL(invitation.url).pathname)
  await other.goto(new URL(page.url()).pathname)
  await other.getByRole('list', { name: 'Comments' }).waitFor({ state: 'attached' })

  // C pauses and opens the composer at the current moment.
  await media(page).evaluate((element: HTMLVideoElement) => {
    element.currentTime = 4.2
  })
  await page.waitForFunction(() => !document.querySelector('video')?.seeking)
  await page.evaluate(() => document.querySelector('video')?.pause())
  await page.keyboard.press('c')
  await page.keyboard.type('Look at this')
  await page.getByRole('button', { name: 'Comment', exact: true }).click()
  for (const each of [page, other]) {
    const comments = each.getByRole('list', { name: 'Comments' })
    await comments.getByText('Look at this').waitFor()
    await comments.getByRole('button', { name: '0:04' }).waitFor()
    await each.getByRole('button', { name: 'Comment by Ada at 0:04' }).waitFor({ state: 'attached' })
  }

  // A click on the moment in the list jumps there.
  await other.getByRole('list', { name: 'Comments' }).getByRole('button', { name: '0:04' }).click()
  await expect.poll(() => currentMs(other)).toBeGreaterThan(4000)

  // The worker makes poster, renditions and MP4; the page shows them without reload.
  await site.startWorker()
  await page.getByRole('link', { name: /Download/ }).waitFor({ timeout: 120_000 })
  await expect.poll(async () => (await video()).state, { timeout: 150_000 }).toBe('ready')
  const { playback, height, durationMs } = await video()
  expect(playback.poster).not.toBeNull()
  expect(playback.storyboard).not.toBeNull()
  expect(playback.renditions.map((each) => each.height)).toEqual([720, 480].filter((rung) => rung < (height ?? 0)))
  for (const [path, expectedHeight] of [
    [playback.original, height],
    ...playback.renditions.map((each) => [each.file, each.height] as const),
  ] as const) {
    const file = await ffprobe(`${site.origin}${path}`)
    expect(file.video?.height).toBe(expectedHeight)
    expect(Math.abs(file.seconds * 1000 - durationMs)).toBeLessThan(300)
    expect(offsetSeconds(file)).toBeLessThan(0.1)
  }

  // The original plays from now on, from where they left, at their speed.
  await other.reload()
  await other.waitForFunction(() => document.querySelector('video')?.currentSrc.endsWith('original.mp4'))
})

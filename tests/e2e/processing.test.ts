import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { schema } from '@meanwhile/shared/db/client'
import { maxAttempts } from '@meanwhile/shared/platform/jobs'
import { keys } from '@meanwhile/shared/platform/keys'
import { eq } from 'drizzle-orm'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, as, db, storage } = scene
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cut = await cutRecording({ ms: 6000, size: '640x360' })

const it = test.skipIf(!hasChromium)
const rowOf = (page: Page, title: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) })
const panelOn = (page: Page) => page.getByRole('region', { name: 'Processing' })

it('the home page tells drafts and what is being processed apart, and shows lengths at the viewer’s speed', async () => {
  await given.update(ada, { title: 'Begun', video: { tracks: ['main'] } })
  await given.recording(ada, cut, 'Spoken')
  await as(ben).inject({ method: 'PATCH', url: '/api/me', payload: { rate: 1.5 } })

  const hers = await scene.pageOf(ada)
  await hers.goto('/updates')
  await rowOf(hers, 'Begun').getByText('Draft: not finished recording').waitFor()
  await rowOf(hers, 'Spoken').getByText('Processing · 0 %').waitFor()
  await rowOf(hers, 'Spoken').getByText('0:06', { exact: true }).waitFor()

  const his = await scene.pageOf(ben)
  await his.goto('/updates')
  await rowOf(his, 'Spoken').getByText('0:06 · 0:04 at 1.5×').waitFor()
  await his.getByText('1 new · 0:04 at 1.5×').waitFor()
  await expect.poll(() => rowOf(his, 'Begun').count()).toBe(0)

  // What is recorded while the page is open comes by itself, and what was opened is not new any more.
  await given.recording(ada, cut, 'Spoken later')
  await his.getByText('2 new · 0:08 at 1.5×').waitFor()
  await his.getByRole('link', { name: 'Spoken later' }).click()
  await playerOn(his).isReady()
  await his.goBack()
  await his.getByText('1 new · 0:04 at 1.5×').waitFor()
})

it('a stage that fails says why to everybody; its author retries it, and sees it through without a reload', async () => {
  const { id, videoId } = await given.recording(ada, cut, 'Broken')
  const key = keys.segment(videoId, 'main', 1)
  const dir = await mkdtemp(join(tmpdir(), 'meanwhile-kept-'))
  await storage.download(key, join(dir, 'segment'))
  await storage.delete(key)
  // The next failure is the last one: nobody wants to wait for the attempts in between.
  await db
    .update(schema.stages)
    .set({ attempts: maxAttempts - 1 })
    .where(eq(schema.stages.videoId, videoId))

  const [hers, his, home] = [await scene.pageOf(ada), await scene.pageOf(ben), await scene.pageOf(ada)]
  await hers.goto(`/u/${id}`)
  await his.goto(`/u/${id}`)
  await home.goto('/updates')
  await scene.startWorker()

  const why = 'Check could not be made. A part of the recording is missing in the storage.'
  await panelOn(hers).getByRole('alert').getByText(why).waitFor({ timeout: 60_000 })
  await panelOn(his).getByRole('alert').getByText(why).waitFor()
  await expect.poll(() => panelOn(his).getByRole('button', { name: 'Retry' }).count()).toBe(0)
  await rowOf(home, 'Broken').getByText('A step failed: open it to try again').waitFor()

  await storage.putFile(key, join(dir, 'segment'))
  await rm(dir, { recursive: true })
  await panelOn(hers).getByRole('button', { name: 'Retry' }).click()
  await panelOn(hers).getByRole('alert').waitFor({ state: 'detached' })
  await hers.getByRole('link', { name: 'Download' }).waitFor({ timeout: 60_000 })
  await panelOn(hers).waitFor({ state: 'detached', timeout: 60_000 })
  await panelOn(his).waitFor({ state: 'detached' })
  await rowOf(home, 'Broken').locator('img').waitFor()
  await expect
    .poll(() =>
      rowOf(home, 'Broken')
        .getByText(/failed|Processing/)
        .count(),
    )
    .toBe(0)
})

/** What the bar of the processing panel showed, from its first value until the panel was gone. */
const progressOn = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const values: number[] = []
        const observer = new MutationObserver(look)
        function look() {
          const bar = document.querySelector('[role="progressbar"][aria-label="Processing"]')
          const value = Number(bar?.getAttribute('aria-valuenow'))
          if (bar && value !== values.at(-1)) values.push(value)
          if (bar || values.length === 0) return
          observer.disconnect()
          resolve(values)
        }
        observer.observe(document.body, { subtree: true, childList: true, attributes: true })
      }),
  )

it('who looks before it has arrived sees it arrive, become playable, progress, and get its poster, preview pictures and file', async () => {
  const { id, videoId } = await given.update(ada, { title: 'Fresh', video: { tracks: ['main'] } })
  const home = await scene.pageOf(ada)
  await home.goto('/updates')
  await rowOf(home, 'Fresh').getByText('Draft: not finished recording').waitFor()
  const page = await scene.pageOf(ada)
  await page.goto(`/u/${id}`)
  await page.getByRole('heading', { name: 'This recording is still arriving' }).waitFor()

  const progress = progressOn(page)
  for (const number of cut.numbers) await scene.send(ada, `${videoId}`, 'main', number, cut)
  await scene.finish(ada, `${videoId}`, { main: { segments: cut.numbers.length - 1 } })
  await playerOn(page).isReady()
  await rowOf(home, 'Fresh')
    .getByText(/Processing/)
    .waitFor()

  const image = rowOf(home, 'Fresh').locator('img')
  await image.waitFor({ timeout: 60_000 })
  await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth)).toBe(640)
  const values = await progress
  expect(values.toSorted((a, b) => a - b)).toEqual(values)
  expect(values.filter((value) => value > 0 && value < 100).length).toBeGreaterThan(0)
  await panelOn(page).waitFor({ state: 'detached' })

  const box = (await page.getByRole('slider', { name: 'Seek' }).boundingBox())!
  await page.mouse.move(box.x + box.width * 0.7, box.y + box.height / 2)
  const picture = page.locator('.bubble [style*="background-image"]')
  await picture.waitFor()
  const sheet = await picture.evaluate((element) => /url\("(.*)"\)/.exec(getComputedStyle(element).backgroundImage)?.[1] ?? '')
  expect((await page.request.get(sheet)).headers()['content-type']).toBe('image/jpeg')

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download' }).click()
  expect((await download).suggestedFilename()).toMatch(/^Fresh \d{4}-\d\d-\d\d\.mp4$/)
})

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import axe from 'axe-core'
import { afterAll, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { unzipInto } from '../support/zip.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, as } = scene
const olga = await given.person('Olga')
const cut = await cutRecording({ ms: 4000 })
const folder = await mkdtemp(join(tmpdir(), 'meanwhile-read-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const it = test.skipIf(!hasChromium)

const hostile = `</script><script>alert(1)</script><img src=x onerror="alert(2)"> 'Plan'`
const { id, videoId } = await given.recording(olga, cut, hostile)
const later = await given.update(olga, { title: 'Another one', body: '<b>plain</b>' })
const say = (payload: object) => as(olga).inject({ method: 'POST', url: `/api/updates/${id}/comments`, payload })
await say({ text: '<img src=x onerror=alert(3)> look here', atMs: 2500 })
await as(olga).inject({
  method: 'PUT',
  url: `/api/videos/${videoId}/captions/en`,
  headers: { 'content-type': 'text/vtt' },
  payload: 'WEBVTT\n\n00:02.000 --> 00:04.000\nSaid at two seconds',
})

it('an owner takes the workspace along, and reads it from a folder without a network', async () => {
  await scene.startWorker()
  const page = await scene.pageOf(olga)
  await expect.poll(async () => (await scene.readAs(olga).videoOf(id)).playback.original, { timeout: 30_000 }).toBeTruthy()
  await page.goto('/settings')
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Export' }).click()
  await page.getByRole('button', { name: 'Export this workspace' }).click()
  const row = page.getByRole('list', { name: 'Exports' }).getByRole('listitem')
  await row.getByText('2 updates, 1 recording, 1 comment, 1 person').waitFor({ timeout: 30_000 })
  const [download] = await Promise.all([page.waitForEvent('download'), row.getByRole('link', { name: 'Download' }).click()])
  expect(download.suggestedFilename()).toMatch(/^Olga's workspace \d{4}-\d\d-\d\d\.zip$/)
  await unzipInto(await readFile(await download.path()), folder)

  const context = await scene.browserOf(null, { offline: true })
  const asked: string[] = []
  context.on('request', (request) => asked.push(request.url()))
  const reader = await context.newPage()
  reader.on('dialog', (dialog) => asked.push(`said ${dialog.message()}`))
  await reader.goto(pathToFileURL(join(folder, 'index.html')).href)
  await reader.getByText('2 updates, exported on').waitFor()
  await reader.getByRole('link', { name: hostile }).click()
  await reader.getByRole('heading', { name: hostile }).waitFor()
  const video = reader.locator('video').first()
  await expect.poll(() => video.evaluate((media: HTMLVideoElement) => media.readyState)).toBeGreaterThan(1)
  await reader.getByRole('button', { name: '0:02', exact: true }).last().click()
  await expect.poll(() => video.evaluate((media: HTMLVideoElement) => media.currentTime)).toBeCloseTo(2.5, 1)
  await reader.locator('.caption').getByText('Said at two seconds').waitFor()
  await reader.getByText('<img src=x onerror=alert(3)> look here').waitFor()
  const playedTo = video.evaluate(async (media: HTMLVideoElement) => {
    media.muted = true
    await media.play()
    await new Promise((resolve) => media.addEventListener('ended', resolve, { once: true }))
    return media.currentTime
  })
  expect(await playedTo).toBeGreaterThan(3.8)
  await reader.evaluate(axe.source)
  // It would fetch the style sheet, which nothing may here.
  const { violations } = (await reader.evaluate('axe.run({ preload: false })')) as axe.AxeResults
  expect(violations.flatMap(({ id: rule, nodes }) => nodes.map(({ html }) => [rule, html]))).toEqual([])
  await reader.getByRole('searchbox', { name: 'Find' }).fill('another')
  await reader.getByRole('link', { name: 'Another one' }).click()
  await reader.getByText('<b>plain</b>').waitFor()
  expect(reader.url()).toContain(later.id)
  expect(asked.filter((url) => !url.startsWith('file:'))).toEqual([])

  const other = await scene.pageOf(await given.stranger('Paul'))
  await other.goto('/settings#export')
  const choose = async () => other.locator('input[type=file][accept*=zip]').setInputFiles(await download.path())
  await other.route('**/api/imports/*/parts/*', (route) => route.abort())
  await choose()
  await other.getByText('Meanwhile cannot be reached right now').waitFor()
  await other.reload()
  await other.getByText('Choose the same file to go on.').waitFor()
  await other.getByRole('button', { name: 'Choose the same file again' }).waitFor()
  await other.unroute('**/api/imports/*/parts/*')
  await choose()
  const imported = other.getByRole('list', { name: 'Imports' }).getByRole('listitem')
  await imported.getByText('2 updates, 1 recording, 1 comment, 1 person').waitFor({ timeout: 60_000 })
  await other.goto('/updates')
  await other.getByRole('link', { name: hostile }).first().click()
  await other.getByRole('heading', { name: hostile }).waitFor()
  await expect
    .poll(() =>
      other
        .locator('video')
        .first()
        .evaluate((media: HTMLVideoElement) => media.readyState),
    )
    .toBeGreaterThan(0)
  await other.getByText('<img src=x onerror=alert(3)> look here').first().waitFor()

  await row.getByRole('button', { name: 'Delete this export' }).click()
  await expect.poll(() => row.count()).toBe(0)
})

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { ffprobe } from '../support/ffprobe.ts'
import type { Person } from '../support/given.ts'
import { playerOn } from './player.ts'
import { recorderOn } from './recorder.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given, as } = scene
const ada = await given.person('Ada')
const grace = await given.person('Grace')
const folder = await mkdtemp(join(tmpdir(), 'meanwhile-recovery-'))
afterAll(() => rm(folder, { recursive: true, force: true }))

const it = test.skipIf(!hasChromium)
const { read, videoOf } = scene.readAs(ada)
const updates = async () => (await read('/api/updates')).items as { id: string; publishedAt: string | null; title: string }[]

/** Counts how often each segment is sent, by all tabs of a browser together. */
function countSent(context: BrowserContext) {
  const sent = new Map<string, number>()
  context.on('request', (request) => {
    const [segment] = /tracks\/\w+\/segments\/\d+$/.exec(request.url()) ?? []
    if (segment && request.method() === 'PUT') sent.set(segment, (sent.get(segment) ?? 0) + 1)
  })
  return { most: () => Math.max(0, ...sent.values()), all: () => sent.size }
}

const noticeOn = (page: Page) => page.getByRole('region', { name: 'Recovered recordings' })
async function isRecovered(page: Page) {
  const notice = noticeOn(page)
  await notice.getByText(/^\d+:\d\d recovered from today$/).waitFor({ timeout: 30_000 })
  await notice.getByText('It is complete on the server.').waitFor({ timeout: 30_000 })
  return notice
}

async function recording(person: Person = ada, seconds = 5) {
  const context = await scene.browserOf(person)
  const page = await context.newPage()
  page.on('dialog', (dialog) => dialog.accept())
  const recorder = recorderOn(page)
  await recorder.start()
  await recorder.hasRecorded(seconds)
  return { context, page, recorder }
}

/** Cuts the way to the server for what is recorded; everything else still works. */
const holdBack = (context: BrowserContext) => context.route(/\/(segments\/\d+|finish)$/, (route) => route.abort())
const letThrough = (context: BrowserContext) => context.unroute(/\/(segments\/\d+|finish)$/)

it('who reloads while it records loses at most the segment that was being written, and is told', async () => {
  const { page } = await recording()
  await page.goto('/')
  const notice = await isRecovered(page)
  await notice.getByRole('link', { name: 'Watch it' }).click()
  await page.waitForURL(/\/u\//)
  const id = page.url().split('/u/')[1] ?? ''
  expect((await videoOf(id)).recordedMs).toBeGreaterThan(2400)
  expect((await read(`/api/updates/${id}`)).publishedAt).not.toBeNull()
  await playerOn(page).play()
})

it('a tab that is open all along waits, and goes on when the recording tab dies; no segment is sent twice', async () => {
  const before = (await updates()).length
  const { context, page } = await recording()
  const sent = countSent(context)
  const other = await context.newPage()
  await other.goto('/settings')
  await other.waitForTimeout(3000)
  await expect.poll(() => noticeOn(other).count()).toBe(0)
  await holdBack(context)
  await page.waitForTimeout(3000)
  await page.close()
  await letThrough(context)
  await isRecovered(other)
  expect((await updates()).length).toBe(before + 1)
  const third = await context.newPage()
  await third.goto('/updates')
  await third.getByRole('heading', { name: 'Updates' }).waitFor()
  await expect.poll(() => noticeOn(third).count()).toBe(0)
  expect(sent.all()).toBeGreaterThan(0)
})

it('two tabs that find the same recording send it once', async () => {
  const { context, page } = await recording()
  await context.setOffline(true)
  await page.waitForTimeout(3000)
  await page.close()
  await context.setOffline(false)
  const sent = countSent(context)
  const tabs = await Promise.all([context.newPage(), context.newPage()])
  await Promise.all(tabs.map((tab) => tab.goto('/')))
  const complete = (tab: Page) => noticeOn(tab).getByText('It is complete on the server.')
  await expect
    .poll(async () => (await complete(tabs[0]).count()) + (await complete(tabs[1]).count()), { timeout: 30_000 })
    .toBe(1)
  expect(sent.most()).toBe(1)
})

it('it starts without a network, and is complete when there is one again', async () => {
  const before = (await updates()).length
  const context = await scene.browserOf(ada)
  const page = await context.newPage()
  const recorder = recorderOn(page)
  await recorder.open()
  await page.waitForLoadState('networkidle')
  await context.setOffline(true)
  await recorder.button('Start recording').click()
  await recorder.button('Skip countdown').click()
  await recorder.hasRecorded(4)
  expect((await updates()).length).toBe(before)
  await context.setOffline(false)
  await recorder.hasRecorded(6)
  await recorder.stop.click()
  const id = await recorder.isDone()
  expect((await videoOf(id)).recordedMs).toBeGreaterThan(5000)
})

it('somebody else who signs in on the same device neither sees nor sends it', async () => {
  const { context, page } = await recording()
  await holdBack(context)
  await page.close()
  await letThrough(context)
  await context.clearCookies()
  const [name = '', value = ''] = grace.cookie.split(/=(.*)/s)
  await context.addCookies([{ name, value: encodeURIComponent(value), url: scene.origin }])
  const sent = countSent(context)
  const other = await context.newPage()
  await other.goto('/updates')
  await other.getByRole('heading', { name: 'Updates' }).waitFor()
  await other.waitForTimeout(3000)
  await expect.poll(() => noticeOn(other).count()).toBe(0)
  expect(sent.all()).toBe(0)
})

it('when its update was deleted meanwhile, it can still be downloaded as one file that plays, or discarded', async () => {
  const { context, page } = await recording()
  await holdBack(context)
  const draft = (await updates()).find(({ publishedAt }) => publishedAt === null)
  await page.close()
  await as(ada).inject({ method: 'DELETE', url: `/api/updates/${draft?.id}` })
  await letThrough(context)
  const later = await context.newPage()
  await later.goto('/')
  const notice = noticeOn(later)
  await notice.getByText('This update does not exist any more').waitFor({ timeout: 30_000 })
  const downloading = later.waitForEvent('download')
  await notice.getByRole('button', { name: 'Download' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toMatch(/^Update — .*\.mp4$/)
  const file = join(folder, 'saved.mp4')
  await writeFile(file, await readFile(await download.path()))
  const saved = await ffprobe(file)
  expect(saved.seconds).toBeGreaterThan(2.4)
  expect([saved.video, saved.audio]).not.toContain(undefined)

  await notice.getByRole('button', { name: 'Discard' }).click()
  await later.getByRole('dialog', { name: 'Discard this recording?' }).getByRole('button', { name: 'Discard recording' }).click()
  await notice.waitFor({ state: 'detached' })
})

it('what was discarded can be restored until the next recording starts', async () => {
  const before = (await updates()).length
  const { context, page, recorder } = await recording()
  await recorder.button('Discard').click()
  await page.getByRole('button', { name: 'Discard recording' }).click()
  const restore = page.getByRole('button', { name: /^Restore the recording that you discarded/ })
  await restore.waitFor()
  await expect.poll(async () => (await updates()).length).toBe(before)
  await restore.click()
  await isRecovered(page)
  expect((await updates()).length).toBe(before + 1)

  await page.reload()
  await recorder.start()
  await recorder.hasRecorded(5)
  await recorder.button('Discard').click()
  await page.getByRole('button', { name: 'Discard recording' }).click()
  await restore.waitFor()
  await recorder.button('Start recording').click()
  await recorder.button('Skip countdown').click()
  await recorder.hasRecorded(5)
  await recorder.button('Discard').click()
  await page.getByRole('button', { name: 'Discard recording' }).click()
  await restore.waitFor()
  await expect.poll(() => restore.count()).toBe(1)
  await context.close()
})

it('a file that the browser writes by itself is recovered too, with its length', async () => {
  const context = await scene.browserOf(ada)
  await context.addInitScript(() => {
    for (const name of ['VideoEncoder', 'AudioEncoder']) Reflect.deleteProperty(globalThis, name)
  })
  const page = await context.newPage()
  const recorder = recorderOn(page)
  await recorder.start()
  await recorder.hasRecorded(5)
  await page.getByText(/^on this device 0:0[2-9] · safe on the server 0:0[2-9]$/).waitFor()
  await page.close()
  const later = await context.newPage()
  await later.goto('/')
  await noticeOn(later)
    .getByText(/^0:0[2-9] recovered from today$/)
    .waitFor({ timeout: 30_000 })
  const notice = await isRecovered(later)
  await notice.getByRole('link', { name: 'Watch it' }).click()
  await later.waitForURL(/\/u\//)
  await scene.startWorker()
  const id = later.url().split('/u/')[1] ?? ''
  await expect.poll(async () => (await videoOf(id)).recordedMs, { timeout: 60_000 }).toBeGreaterThan(2400)
  await playerOn(later).play()
})

const quota = async (page: Page, bytesLeft: number) => {
  const session = await page.context().newCDPSession(page)
  const { usage } = await session.send('Storage.getUsageAndQuota', { origin: scene.origin })
  await session.send('Storage.overrideQuotaForOrigin', { origin: scene.origin, quotaSize: usage + bytesLeft })
}

it('when the disk is full it goes on with the server as the only copy, and says so', async () => {
  const { page, recorder } = await recording(ada, 2)
  await quota(page, 0)
  await holdBack(page.context())
  await page.getByText('Nothing more fits on this device').waitFor({ timeout: 30_000 })
  await letThrough(page.context())
  await recorder.hasRecorded(8)
  await recorder.stop.click()
  const id = await recorder.isDone()
  expect((await videoOf(id)).recordedMs).toBeGreaterThan(7000)
})

it('when little room is left it says so long before', async () => {
  const context = await scene.browserOf(ada)
  // What Chromium answers does not follow an overridden quota.
  await context.addInitScript(() => {
    if (navigator.storage) navigator.storage.estimate = async () => ({ quota: 20_000_000, usage: 0 })
  })
  const page = await context.newPage()
  await recorderOn(page).open()
  await page.getByText('There is little room for recordings on this device').waitFor()
})

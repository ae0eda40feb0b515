import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { openPersistentBrowser, type PersistentBrowser } from '../support/persistent-browser.ts'
import { startSite } from '../support/site.ts'

const run = promisify(execFile)
const site = await startSite()
const ada = await site.given.person('Ada')
const profile = await mkdtemp(join(tmpdir(), 'meanwhile-hidden-'))
let browser: PersistentBrowser | undefined
afterAll(async () => {
  await browser?.close()
  await rm(profile, { recursive: true, force: true, maxRetries: 5 })
})

const it = test.skipIf(!hasChromium)
const visibleSeconds = 12
const read = async (url: string) => (await site.as(ada).inject({ url })).json()

type Glance = { visibility: string; fired: number }
type Watched = typeof globalThis & { glances: Glance[] }

/** Notes every two seconds, by the clock of a worker, how visible the page is and how often its timer of 10 ms has fired since. */
const watch = (page: Page) =>
  page.evaluate(() => {
    const { glances } = Object.assign(globalThis, { glances: [] as Glance[] })
    let fired = 0
    setInterval(() => fired++, 10)
    const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(null); setInterval(() => postMessage(null), 2000)'])))
    worker.addEventListener('message', () => {
      glances.push({ visibility: document.visibilityState, fired })
      fired = 0
    })
    // A worker that a driver has seen but not let go yet would wait for it for ever.
    return new Promise<void>((resolve) => worker.addEventListener('message', () => resolve(), { once: true }))
  })

/** The moments of all packets of a kind, in seconds. */
async function packets(input: string, kind: 'v' | 'a') {
  const { stdout } = await run(
    process.env.FFPROBE_PATH || 'ffprobe',
    ['-v', 'error', '-select_streams', kind, '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', input],
    { maxBuffer: 64 * 1024 * 1024 },
  )
  return stdout
    .split('\n')
    .map((line) => Number.parseFloat(line))
    .filter((at) => !Number.isNaN(at))
    .sort((a, b) => a - b)
}

it.each([
  { where: 'in a worker, for a minute', seconds: 60, lacks: [] },
  { where: 'in the page, as where a worker cannot read tracks', seconds: 16, lacks: ['MediaStreamTrackProcessor'] },
])('in a hidden tab, encoded $where, hardly a frame and no sound is missing', async ({ seconds, lacks }) => {
  const [name = '', value = ''] = ada.cookie.split(/=(.*)/s)
  const cookies = [{ name, value: encodeURIComponent(value) }]
  // The driver has let go of the one before, with all that it knew of it.
  await browser?.close()
  browser = await openPersistentBrowser({ profile, origin: site.origin, cookies })
  const opened = await browser.page()
  await opened.addInitScript((names) => {
    for (const missing of names) Reflect.deleteProperty(globalThis, missing)
  }, lacks)
  await opened.goto(`${site.origin}/record`)
  await opened.getByRole('button', { name: 'Start recording' }).click()
  await opened.getByRole('button', { name: 'Skip countdown' }).click()
  await opened.getByRole('timer').waitFor()
  await opened.waitForTimeout(visibleSeconds * 1000)
  const other = await browser.page()
  await other.bringToFront()
  await watch(opened)
  const page = await browser.leftAlone(seconds * 1000, '/record')

  const glances = (await page.evaluate(() => (globalThis as Watched).glances)).slice(1, -1)
  expect(glances.length).toBeGreaterThan(seconds / 2 - 5)
  expect(new Set(glances.map(({ visibility }) => visibility))).toEqual(new Set(['hidden']))
  // Two hundred where nothing holds them back.
  expect(Math.max(...glances.map(({ fired }) => fired))).toBeLessThan(50)

  await page.bringToFront()
  await page.getByRole('button', { name: 'Stop recording' }).click()
  await page.waitForURL(/\/u\/[0-9a-f-]{36}$/, { timeout: 30_000 })
  const update = await read(`/api/updates/${new URL(page.url()).pathname.split('/')[2]}`)
  const { playback } = await read(`/api/videos/${update.videoId}`)
  const stored = site.origin + playback.hls
  const [pictures, sounds] = [await packets(stored, 'v'), await packets(stored, 'a')]
  const last = pictures.at(-1) ?? 0
  expect(last).toBeGreaterThan(visibleSeconds + seconds)
  // How many frames a machine gets through is its own affair; being hidden may cost none of them.
  const rate = (from: number, to: number) => pictures.filter((at) => at >= from && at < to).length / (to - from)
  expect(rate(visibleSeconds + 3, last - 3) / rate(2, visibleSeconds - 1)).toBeGreaterThan(0.95)
  const gaps = sounds.slice(1).map((at, index) => at - (sounds[index] ?? 0))
  expect(Math.max(...gaps)).toBeLessThan(0.03)
  expect(Math.abs((sounds.at(-1) ?? 0) - (pictures.at(-1) ?? 0))).toBeLessThan(0.1)
})

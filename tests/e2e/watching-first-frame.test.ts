import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test, vi } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { webChunk } from '../support/web-chunk.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given } = scene
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cut = await cutRecording({ ms: 4000, repeat: 2 })

const it = test.skipIf(!hasChromium)

let id = ''
let videoId = ''
beforeAll(async () => {
  const recording = await given.recording(ada, cut, 'At once')
  id = recording.id
  videoId = recording.videoId
  const { videoOf } = scene.readAs(ben)
  await scene.startWorker()
  // While stages end, a page is told and asks what is new.
  await vi.waitFor(async () => expect((await videoOf(id)).state).toBe('ready'), { timeout: 90_000, interval: 250 })
})

it('the watch page plays with what its HTML links alone: 45 kB of JavaScript, and nothing asked of the API', async () => {
  const page = await scene.pageOf(ben)
  const asked: string[] = []
  const scripts = new Map<string, number>()
  let html = ''
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url())
    asked.push(pathname)
    if (!pathname.endsWith('.js')) return route.continue()
    // What else it wants may take for ever.
    if (!html.includes(pathname)) return
    const response = await route.fetch()
    scripts.set(pathname, gzipSync(await response.body()).length)
    return route.fulfill({ response })
  })
  const player = playerOn(page)
  await page.route(`**/u/${id}`, async (route) => {
    const response = await route.fetch()
    html = await response.text()
    await route.fulfill({ response })
  })
  await player.open(`/u/${id}`)
  await player.play()
  expect([...scripts.values()].reduce((sum, size) => sum + size, 0)).toBeLessThan(45_000)
  for (const path of ['/api/me', `/api/updates/${id}`, `/api/videos/${videoId}`]) expect(asked).not.toContain(path)
  expect(await player.source()).toContain('/original.mp4')
  expect(asked.filter((path) => path.endsWith('/original.mp4')).length).toBeGreaterThan(0)
})

it.for([1280, 390])(
  'the picture is there before any script runs, just where the player will be, at a width of %i',
  async (width) => {
    const page = await scene.pageOf(ben, { viewport: { width, height: 800 } })
    let bring = () => {}
    const come = new Promise<void>((resolve) => {
      bring = resolve
    })
    await page.route('**/*.js', async (route) => {
      await come
      await route.continue()
    })
    await page.goto(`/u/${id}`, { waitUntil: 'commit' })
    const picture = page.locator('video')
    await expect.poll(() => picture.evaluate((media: HTMLVideoElement) => media.readyState)).toBeGreaterThanOrEqual(2)
    const place = await picture.boundingBox()
    expect(await page.getByRole('region', { name: 'Player' }).count()).toBe(0)
    bring()
    await page.getByRole('region', { name: 'Player' }).waitFor()
    expect(await picture.boundingBox()).toEqual(place)
  },
)

it('styles wait for the picture, but no longer than a second', async () => {
  const page = await scene.pageOf(ben)
  await page.addInitScript(() => {
    const mark = () => Object.assign(globalThis, { pictureMs: performance.now() })
    document.addEventListener('loadeddata', mark, { capture: true, once: true })
  })
  await page.goto(`/u/${id}`)
  await page.getByRole('region', { name: 'Player' }).waitFor()
  const { pictureMs, styles } = await page.evaluate(() => ({
    pictureMs: (globalThis as typeof globalThis & { pictureMs: number }).pictureMs,
    styles: performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.css')),
  }))
  expect(styles.length).toBeGreaterThan(0)
  for (const { startTime } of styles) expect(startTime).toBeGreaterThanOrEqual(Math.min(pictureMs, 1000))
})

it('styles of the page that the network loses are asked for again', async () => {
  const page = await scene.pageOf(ben)
  const { css } = await webChunk('src/watch/WatchPage.svelte')
  let tries = 0
  await page.route(`**/${css}`, (route) => {
    tries++
    return tries > 1 ? route.continue() : route.abort('internetdisconnected')
  })
  await page.goto(`/u/${id}`)
  await expect.poll(() => tries, { timeout: 10_000 }).toBe(2)
  const styled = () => page.evaluate((file) => [...document.styleSheets].some(({ href }) => href?.endsWith(file)), css)
  await expect.poll(styled).toBe(true)
})

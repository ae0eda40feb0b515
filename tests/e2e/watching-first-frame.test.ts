import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { hasChromium } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { playerOn } from './player.ts'
import { startScene } from './scene.ts'

const scene = await startScene()
const { given } = scene
const ada = await given.person('Ada')
const ben = await given.person('Ben')
const cut = await cutRecording({ ms: 4000, repeat: 2 })

const it = test.skipIf(!hasChromium)

it('the watch page plays with what its HTML links alone: 45 kB of JavaScript, and nothing asked of the API', async () => {
  const { id, videoId } = await given.recording(ada, cut, 'At once')
  const { videoOf } = scene.readAs(ben)
  await scene.startWorker()
  // While stages end, the page is told and asks what is new.
  await expect.poll(async () => (await videoOf(id)).state, { timeout: 90_000 }).toBe('ready')
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

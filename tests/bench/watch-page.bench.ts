import { gzipSync } from 'node:zlib'
import type { Benchmark } from '@meanwhile/infra/bench'
import { chromium } from 'playwright-core'
import { chromiumFlags, chromiumPath } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { sendAllButLast, startSite } from './site.ts'

export default {
  name: 'JavaScript of the watch page',
  async run() {
    const site = await startSite()
    const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags })
    try {
      const cut = await cutRecording({ ms: 10_000 })
      const { id, videoId, last } = await sendAllButLast(site, cut)
      await site.send(videoId, cut, last)
      await site.call('POST', `/api/videos/${videoId}/finish`, { tracks: { main: { segments: last } } })

      const context = await browser.newContext()
      const [name = '', value = ''] = site.cookie.split('=')
      await context.addCookies([{ name, value, url: site.origin }])
      const page = await context.newPage()
      await page.addInitScript(() => {
        document.addEventListener('loadeddata', () => performance.mark('first frame'), { capture: true, once: true })
      })
      await page.goto(`${site.origin}/u/${id}`)
      await page.waitForFunction(() => performance.getEntriesByName('first frame').length > 0)
      const scripts = await page.evaluate(() => {
        const [frame] = performance.getEntriesByName('first frame')
        const before = performance.getEntriesByType('resource').filter(({ startTime }) => startTime < (frame?.startTime ?? 0))
        return before.map(({ name }) => name).filter((name) => name.endsWith('.js'))
      })
      const sizes = scripts.map(async (url) => gzipSync(await (await fetch(url)).arrayBuffer()).length)
      const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
      return [{ name: 'JavaScript before the first frame, gzipped', value: bytes / 1000, unit: 'kB', goal: '≤ 45 kB' }]
    } finally {
      await browser.close()
      await site.stop()
    }
  },
} satisfies Benchmark

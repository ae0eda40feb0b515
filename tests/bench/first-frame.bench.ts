import type { Benchmark, Measure } from '@meanwhile/infra/bench'
import { freePort } from '@meanwhile/infra/free-port'
import { type Browser, chromium } from 'playwright-core'
import { chromiumFlags, chromiumPath } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { asAuthor } from './as-author.ts'
import { median } from './median.ts'
import { buildPeers } from './peer-pages.ts'
import { startStages } from './stages.ts'

const rounds = 9
/** Where somebody goes, as parts of the whole. */
const places = [0.5, 0.1, 0.9, 0.3, 0.7]

type Marked = typeof globalThis & { firstFrameMs?: number }
type Visit = { firstFrameMs: number; seekMs: number }

/** Somebody who was never here opens a page that plays, and goes to and fro in it. Milliseconds. */
const visit = (browser: Browser, url: string, cookie: string) =>
  asAuthor(browser, { url, cookie }, async (page): Promise<Visit> => {
    await page.addInitScript(() => {
      const mark = () => Object.assign(globalThis, { firstFrameMs: performance.now() })
      document.addEventListener('loadeddata', mark, { capture: true, once: true })
    })
    await page.goto(url)
    const firstFrame = await page.waitForFunction(() => (globalThis as Marked).firstFrameMs)
    const firstFrameMs = (await firstFrame.jsonValue()) as number
    // What a page still does after its first frame is not the seek's.
    await page.waitForTimeout(1000)
    const seeks = await page.evaluate(async (parts) => {
      const media = document.querySelector('video') as HTMLVideoElement
      const times: number[] = []
      for (const part of parts) {
        const start = performance.now()
        const done = new Promise((resolve) => media.addEventListener('seeked', resolve, { once: true }))
        media.currentTime = media.duration * part
        await done
        times.push(performance.now() - start)
      }
      return times
    }, places)
    return { firstFrameMs, seekMs: median(seeks) }
  })

export default {
  name: 'First frame and seek',
  async run() {
    const stages = await startStages()
    const { site } = stages
    const port = await freePort()
    const network = await startFaultProxy({ port, target: Number(new URL(site.origin).port) })
    const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags })
    try {
      const peers = await buildPeers()
      network.serve('/peer/', peers.answer)
      const videoId = await stages.recorded(await cutRecording({ ms: 10_000, size: '1280x720', repeat: 30 }))
      for (const stage of ['probe', 'original'] as const) await stages.publish(videoId, stage)
      const { updateId, playback } = await site.call('GET', `/api/videos/${videoId}`)
      const sources = new URLSearchParams({ file: playback.original, hls: playback.hls })
      const pages = {
        ours: `/u/${updateId}`,
        bare: `/peer/bare?${sources}`,
        'hls.js': `/peer/hls?${sources}`,
        'media-chrome with hls.js': `/peer/media-chrome?${sources}`,
      }
      const visits = Object.entries(pages).map(([name, path]) => ({
        name,
        url: `http://localhost:${port}${path}`,
        seen: [] as Visit[],
      }))
      for (let round = 0; round <= rounds; round++)
        for (const { url, seen } of visits) {
          const result = await visit(browser, url, site.cookie)
          // The first round warms up the machine.
          if (round > 0) seen.push(result)
        }
      const middle = (name: keyof typeof pages, of: keyof Visit) =>
        median(visits.find((each) => each.name === name)?.seen.map((each) => each[of]) ?? [])
      const measure = (what: string, of: keyof Visit): Measure[] => [
        {
          name: `${what}, watch page against a bare \`<video>\``,
          value: middle('ours', of),
          unit: 'ms',
          ratio: middle('ours', of) / middle('bare', of),
          goal: '≤ 1.15',
        },
        ...(['hls.js', 'media-chrome with hls.js'] as const).map((name) => ({
          name: `${what}, ${name} against a bare \`<video>\``,
          value: middle(name, of),
          unit: 'ms',
          ratio: middle(name, of) / middle('bare', of),
        })),
      ]
      const weight = async (name: string, script: Parameters<typeof peers.weightOf>[0]): Promise<Measure> => ({
        name: `JavaScript of a page with ${name}, gzipped`,
        value: (await peers.weightOf(script)) / 1000,
        unit: 'kB',
      })
      return [
        ...measure('First frame', 'firstFrameMs'),
        ...measure('Seek', 'seekMs'),
        await weight('hls.js alone', 'hls'),
        await weight('hls.js and media-chrome', 'media-chrome'),
        await weight("vidstack's default layout", 'vidstack'),
      ]
    } finally {
      await browser.close()
      await network.close()
      await stages.stop()
    }
  },
} satisfies Benchmark

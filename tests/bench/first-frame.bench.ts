import type { Benchmark, Measure } from '@meanwhile/infra/bench'
import { freePort } from '@meanwhile/infra/free-port'
import { type Browser, chromium, type Page } from 'playwright-core'
import { chromiumFlags, chromiumPath } from '../support/chromium.ts'
import { cutRecording } from '../support/cut.ts'
import { startFaultProxy } from '../support/fault-proxy.ts'
import { asAuthor } from './as-author.ts'
import { median } from './median.ts'
import { buildPeers } from './peer-pages.ts'
import { startStages } from './stages.ts'

const rounds = 5
/** What lies between a viewer and the site: how long each answer takes to begin, in ms, and what comes through, in Mbit/s. */
const networks = {
  'at 40 ms and 20 Mbit/s': { latency: 40, mbits: 20 },
  'at 150 ms and 5 Mbit/s': { latency: 150, mbits: 5 },
  'without a network': null,
} as const
type Network = (typeof networks)[keyof typeof networks]
/** Where somebody goes, as parts of the whole. */
const places = [0.5, 0.9, 0.3]

const peers = ['hls.js', 'media-chrome with hls.js'] as const
type Name = 'ours' | 'bare' | (typeof peers)[number]

type Marked = typeof globalThis & { firstFrameMs?: number }
type Visit = { firstFrameMs: number; seekMs: number }

/** Lets a page's requests take as long as on a network; Chrome DevTools Protocol, `Network.emulateNetworkConditions`. */
async function slow(page: Page, network: Network) {
  if (!network) return
  const session = await page.context().newCDPSession(page)
  const bytesPerSecond = (network.mbits * 1_000_000) / 8
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: network.latency,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  })
}

/** Somebody who was never here opens a page that plays, and goes to and fro in it. Milliseconds. */
const visit = (browser: Browser, { url, cookie, network }: { url: string; cookie: string; network: Network }) =>
  asAuthor(browser, { url, cookie }, async (page): Promise<Visit> => {
    await slow(page, network)
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

/** Visits every page once a round, each round beginning with another one: what comes first in a round finds the machine at rest. */
async function visitInTurn(pages: Record<Name, string>, visitOne: (path: string) => Promise<Visit>) {
  const names = Object.keys(pages) as Name[]
  const seen = new Map<Name, Visit[]>(names.map((name) => [name, []]))
  for (let round = 0; round <= rounds; round++)
    for (const [place] of names.entries()) {
      const name = names[(round + place) % names.length] as Name
      const result = await visitOne(pages[name])
      // The first round warms up the machine.
      if (round > 0) seen.get(name)?.push(result)
    }
  return seen
}

function compare(what: string, seen: Map<Name, Visit[]>, of: keyof Visit, goal: Pick<Measure, 'goal'>): Measure[] {
  const middle = (name: Name) => median(seen.get(name)?.map((each) => each[of]) ?? [])
  const against = (name: Name) => ({ value: middle(name), unit: 'ms', ratio: middle(name) / middle('bare') })
  return [
    { name: `${what}, watch page against a bare \`<video>\``, ...against('ours'), ...goal },
    ...peers.map((name) => ({ name: `${what}, ${name} against a bare \`<video>\``, ...against(name) })),
  ]
}

export default {
  name: 'First frame and seek',
  async run() {
    const stages = await startStages()
    const { site } = stages
    const port = await freePort()
    const proxy = await startFaultProxy({ port, target: Number(new URL(site.origin).port) })
    const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags })
    try {
      const players = await buildPeers()
      proxy.serve('/peer/', players.answer)
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
      const measures: Measure[] = []
      const { cookie } = site
      for (const [where, network] of Object.entries(networks)) {
        const seen = await visitInTurn(pages, (path) =>
          visit(browser, { url: `http://localhost:${port}${path}`, cookie, network }),
        )
        const goal = network ? { goal: '≤ 1.15' } : {}
        measures.push(
          ...compare(`First frame ${where}`, seen, 'firstFrameMs', goal),
          ...compare(`Seek ${where}`, seen, 'seekMs', goal),
        )
      }
      const weight = async (name: string, script: Parameters<typeof players.weightOf>[0]): Promise<Measure> => ({
        name: `JavaScript of a page with ${name}, gzipped`,
        value: (await players.weightOf(script)) / 1000,
        unit: 'kB',
      })
      return [
        ...measures,
        await weight('hls.js alone', 'hls'),
        await weight('hls.js and media-chrome', 'media-chrome'),
        await weight("vidstack's default layout", 'vidstack'),
      ]
    } finally {
      await browser.close()
      await proxy.close()
      await stages.stop()
    }
  },
} satisfies Benchmark

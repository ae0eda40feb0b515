import { gzipSync } from 'node:zlib'
import type { Benchmark } from '@meanwhile/infra/bench'
import { cutRecording } from '../support/cut.ts'
import { sendAllButLast, startSite } from './site.ts'

export default {
  name: 'JavaScript of the watch page',
  async run() {
    const site = await startSite()
    try {
      const cut = await cutRecording({ ms: 10_000 })
      const { id, videoId, last } = await sendAllButLast(site, cut)
      await site.send(videoId, cut, last)
      await site.call('POST', `/api/videos/${videoId}/finish`, { tracks: { main: { segments: last } } })

      const html = await (await fetch(`${site.origin}/u/${id}`, { headers: { accept: 'text/html', cookie: site.cookie } })).text()
      const scripts = [...html.matchAll(/(?:<script[^>]* src|rel="modulepreload"[^>]* href)="([^"]+)"/g)].map(([, path]) => path)
      const sizes = scripts.map(async (path) => gzipSync(await (await fetch(site.origin + path)).arrayBuffer()).length)
      const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
      return [{ name: 'JavaScript that its HTML links, gzipped', value: bytes / 1000, unit: 'kB', goal: '≤ 45 kB' }]
    } finally {
      await site.stop()
    }
  },
} satisfies Benchmark

import { setTimeout } from 'node:timers/promises'
import type { Benchmark } from '@meanwhile/infra/bench'
import { type Cut, cutRecording } from '../support/cut.ts'
import { median } from './median.ts'
import { type Site, sendAllButLast, startSite } from './site.ts'

const rounds = 7

/** What happens between Stop and the first frame: the last segment, the end, and what a player fetches. Milliseconds. */
async function stopToPlayable(site: Site, cut: Cut): Promise<number> {
  const { videoId, last } = await sendAllButLast(site, cut)
  // A recorder's last segment comes up to two seconds after the one before it, not while the disk still writes that.
  await setTimeout(500)
  const start = performance.now()
  await site.send(videoId, cut, last)
  const { playback } = await site.call('POST', `/api/videos/${videoId}/finish`, { tracks: { main: { segments: last } } })
  for (const path of ['master.m3u8', 'main/playlist.m3u8', 'main/000000.m4s', 'main/000001.m4s']) {
    const answer = await fetch(site.origin + playback.hls.replace('master.m3u8', path))
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
    await answer.arrayBuffer()
  }
  return performance.now() - start
}

export default {
  name: 'Stop to playable',
  async run() {
    const site = await startSite()
    try {
      const [short, long] = [await cutRecording({ ms: 10_000 }), await cutRecording({ ms: 10_000, repeat: 180 })]
      const times: { short: number[]; long: number[] } = { short: [], long: [] }
      await stopToPlayable(site, short)
      const before = await site.cpuSeconds()
      for (let round = 0; round < rounds; round++) {
        times.long.push(await stopToPlayable(site, long))
        times.short.push(await stopToPlayable(site, short))
      }
      const minutes = (rounds * (long.totalMs + short.totalMs)) / 60_000
      const cpuMs = (((await site.cpuSeconds()) - before) * 1000) / minutes
      return [
        { name: 'Stop to playable, 10 s recording', value: median(times.short), unit: 'ms' },
        {
          name: 'Stop to playable, 30 min recording',
          value: median(times.long),
          unit: 'ms',
          ratio: median(times.long) / median(times.short),
          goal: '≤ 1.2 × the 10 s one',
        },
        { name: 'API processor time per recorded minute', value: cpuMs, unit: 'ms' },
      ]
    } finally {
      await site.stop()
    }
  },
} satisfies Benchmark

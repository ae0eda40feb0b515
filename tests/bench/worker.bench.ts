import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Benchmark } from '@meanwhile/infra/bench'
import { connect } from '@meanwhile/shared/db/client'
import { createLog } from '@meanwhile/shared/platform/log'
import { diskStorage } from '@meanwhile/shared/platform/storage-disk'
import { openFfmpeg } from '@meanwhile/worker/ffmpeg/run'
import { runStage } from '@meanwhile/worker/run-stage'
import { original } from '@meanwhile/worker/stages/original'
import { poster } from '@meanwhile/worker/stages/poster'
import { probe } from '@meanwhile/worker/stages/probe'
import { renditions } from '@meanwhile/worker/stages/renditions'
import type { Stage } from '@meanwhile/worker/stages/stage'
import { storyboard } from '@meanwhile/worker/stages/storyboard'
import { type Cut, cutRecording } from '../support/cut.ts'
import { median } from './median.ts'
import { type Site, sendAllButLast, startSite } from './site.ts'

const run = promisify(execFile)
const log = createLog('silent', 'bench')
const ffmpegPath = process.env.FFMPEG_PATH || 'ffmpeg'
const rounds = 5

const ladder = '[0:v]scale=1280:720:flags=bicubic,format=yuv420p,split=2[a][b];[b]scale=854:480:flags=bicubic,format=yuv420p[c]'
const x264 = (kbits: number) =>
  `-map 0:a -c:a copy -c:v libx264 -preset veryfast -tune animation -crf 23 -maxrate ${kbits}k -bufsize ${kbits * 2}k ` +
  '-force_key_frames expr:gte(t,n_forced*4) -g 600 -sc_threshold 0 -fps_mode vfr -movflags +faststart'

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

async function withFolder<T>(use: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'meanwhile-bench-'))
  try {
    return await use(dir)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

/** Runs ours and the peer in turn, so that both meet the same moods of the machine. Milliseconds. */
async function inTurn(ours: (dir: string) => Promise<unknown>, peer: (dir: string) => Promise<unknown>) {
  const times: { ours: number[]; peer: number[] } = { ours: [], peer: [] }
  for (let round = 0; round < rounds; round++) {
    times.peer.push(await timed(() => withFolder(peer)))
    times.ours.push(await timed(() => withFolder(ours)))
  }
  return { ours: median(times.ours), ratio: median(times.ours) / median(times.peer) }
}

async function finished(site: Site, cut: Cut): Promise<string> {
  const { videoId, last } = await sendAllButLast(site, cut)
  await site.send(videoId, cut, last)
  await site.call('POST', `/api/videos/${videoId}/finish`, { tracks: { main: { segments: last } } })
  return videoId
}

export default {
  name: 'Worker against bare ffmpeg',
  async run() {
    const site = await startSite()
    const { db, sql } = connect(site.databaseUrl)
    try {
      const storage = await diskStorage(join(site.dataDir, 'media'))
      const ffmpeg = await openFfmpeg(
        { ffmpegPath, ffprobePath: process.env.FFPROBE_PATH || 'ffprobe', searchPath: process.env.PATH },
        log,
      )
      const signal = new AbortController().signal
      const workIn = (stage: Stage, videoId: string) => (dir: string) =>
        stage({ videoId, dir, signal, db, storage, ffmpeg, log, onProgress: () => {} })

      const long = await cutRecording({ ms: 10_000, size: '1280x720', repeat: 180 })
      const copied = await inTurn(workIn(original, await finished(site, long)), (dir) =>
        run(ffmpegPath, ['-v', 'error', '-i', long.playlist, '-c', 'copy', '-movflags', '+faststart', join(dir, 'copy.mp4')]),
      )

      const large = await cutRecording({ ms: 30_000, size: '1920x1080' })
      const videoId = await finished(site, large)
      const stages = { probe, original, poster, storyboard, renditions }
      const queue = { add: async () => {}, close: async () => {} }
      for (const stage of ['probe', 'original'] as const)
        await runStage({ db, storage, queue, ffmpeg, stages, log }, { videoId, stage, requestId: null }, signal)
      const encoded = await inTurn(workIn(renditions, videoId), (dir) =>
        run(ffmpegPath, [
          '-v',
          'error',
          '-i',
          large.playlist,
          '-filter_complex',
          ladder,
          '-map',
          '[a]',
          ...x264(2500).split(' '),
          join(dir, '720.mp4'),
          '-map',
          '[c]',
          ...x264(1000).split(' '),
          join(dir, '480.mp4'),
        ]),
      )
      return [
        {
          name: 'Original of a 30 min recording, against `ffmpeg -c copy`',
          value: copied.ours,
          unit: 'ms',
          ratio: copied.ratio,
          goal: '≤ 1.15',
        },
        {
          name: 'Renditions of 30 s of 1080p, against one bare ffmpeg',
          value: encoded.ours,
          unit: 'ms',
          ratio: encoded.ratio,
          goal: '≤ 1.15',
        },
      ]
    } finally {
      await sql.end()
      await site.stop()
    }
  },
} satisfies Benchmark

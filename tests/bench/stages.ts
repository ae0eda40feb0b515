import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { connect } from '@meanwhile/shared/db/client'
import type { StageJob } from '@meanwhile/shared/platform/jobs'
import { createLog } from '@meanwhile/shared/platform/log'
import { diskStorage } from '@meanwhile/shared/platform/storage-disk'
import { type Ffmpeg, openFfmpeg } from '@meanwhile/worker/ffmpeg/run'
import { runStage } from '@meanwhile/worker/run-stage'
import { original } from '@meanwhile/worker/stages/original'
import { poster } from '@meanwhile/worker/stages/poster'
import { probe } from '@meanwhile/worker/stages/probe'
import { renditions } from '@meanwhile/worker/stages/renditions'
import type { Stage } from '@meanwhile/worker/stages/stage'
import { storyboard } from '@meanwhile/worker/stages/storyboard'
import type { Cut } from '../support/cut.ts'
import { sendAllButLast, startSite } from './site.ts'

const log = createLog('silent', 'bench')
const ffmpegPath = process.env.FFMPEG_PATH || 'ffmpeg'
const stages = { probe, original, poster, storyboard, renditions }
const queue = { add: async () => {}, close: async () => {} }

/** ffmpeg as anybody would call it: the peer of a stage. */
export const bareFfmpeg = (options: string) => promisify(execFile)(ffmpegPath, ['-v', 'error', '-nostdin', ...options.split(' ')])

/** Stages of the worker on recordings that went through the API. */
export async function startStages() {
  const site = await startSite()
  const { db, sql } = connect(site.databaseUrl)
  const storage = await diskStorage(join(site.dataDir, 'media'))
  const ffmpeg = await openFfmpeg(
    { ffmpegPath, ffprobePath: process.env.FFPROBE_PATH || 'ffprobe', searchPath: process.env.PATH },
    log,
  )
  const { signal } = new AbortController()
  return {
    site,
    async recorded(cut: Cut): Promise<string> {
      const { videoId, last } = await sendAllButLast(site, cut)
      await site.send(videoId, cut, last)
      await site.call('POST', `/api/videos/${videoId}/finish`, { tracks: { main: { segments: last } } })
      return videoId
    },
    publish: (videoId: string, stage: StageJob['stage']) =>
      runStage({ db, storage, queue, ffmpeg, stages, log }, { videoId, stage, requestId: null }, signal),
    /** The work of a stage, whose result is thrown away. Resolves to the milliseconds of its first run of ffmpeg. */
    async work(stage: Stage, videoId: string, dir: string): Promise<number> {
      let firstRunMs: number | undefined
      const run: Ffmpeg['run'] = async (...args) => {
        const start = performance.now()
        await ffmpeg.run(...args)
        firstRunMs ??= performance.now() - start
      }
      await stage({
        videoId,
        dir,
        signal,
        db,
        storage,
        ffmpeg: { ...ffmpeg, run },
        log,
        onProgress: () => {},
        whileHeld: (change) => change(db),
      })
      return firstRunMs ?? 0
    },
    async stop() {
      await sql.end()
      await site.stop()
    },
  }
}

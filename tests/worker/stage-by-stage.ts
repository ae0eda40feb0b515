import { join } from 'node:path'
import type { StageName } from '@meanwhile/shared/contract/videos'
import { assets } from '@meanwhile/shared/db/schema/videos'
import { openFfmpeg } from '@meanwhile/worker/ffmpeg/run'
import { runStage } from '@meanwhile/worker/run-stage'
import { camera } from '@meanwhile/worker/stages/camera'
import { download } from '@meanwhile/worker/stages/download'
import { original } from '@meanwhile/worker/stages/original'
import { poster } from '@meanwhile/worker/stages/poster'
import { preview } from '@meanwhile/worker/stages/preview'
import { probe } from '@meanwhile/worker/stages/probe'
import { renditions } from '@meanwhile/worker/stages/renditions'
import { silence } from '@meanwhile/worker/stages/silence'
import { storyboard } from '@meanwhile/worker/stages/storyboard'
import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { log, programs, type startHouse } from './house.ts'

type House = Awaited<ReturnType<typeof startHouse>>
type Row = typeof assets.$inferSelect

/** What was published under a name: its row, and a copy of its file. */
export type MadeFiles = Record<string, { row: Row; file: string }>

const stages = { probe, original, camera, poster, silence: silence(false), preview, storyboard, download, renditions }
const never = new AbortController().signal

/** Runs stages of a video one after the other, once each, without a queue; each must be done. @returns what is published then */
export async function stageByStage(house: House) {
  const { db, storage, queue } = house
  const ffmpeg = await openFfmpeg(programs, log)
  return async (videoId: string, ...names: StageName[]): Promise<MadeFiles> => {
    for (const stage of names) {
      await runStage({ db, storage, queue, ffmpeg, stages, log }, { videoId, stage, requestId: null }, never)
      expect((await house.stagesOf(videoId))[stage]).toMatchObject({ state: 'done', error: null })
    }
    const made: MadeFiles = {}
    for (const row of await db.select().from(assets).where(eq(assets.videoId, videoId))) {
      const file = join(house.dataDir, `${videoId}-${row.key.split('/').at(-1)}`)
      await storage.download(row.key, file)
      made[row.name] = { row, file }
    }
    return made
  }
}

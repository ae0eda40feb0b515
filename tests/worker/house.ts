import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BubbleLayout, Cuts } from '@meanwhile/shared/contract/edits'
import type { StageName, Track } from '@meanwhile/shared/contract/videos'
import { one } from '@meanwhile/shared/db/client'
import { users, workspaces } from '@meanwhile/shared/db/schema/people'
import { updates } from '@meanwhile/shared/db/schema/updates'
import { segments, stages, videos } from '@meanwhile/shared/db/schema/videos'
import type { ByteSource } from '@meanwhile/shared/media/boxes'
import { type Init, type Run, readInit, readMediaSegment, segmentDurationMs } from '@meanwhile/shared/media/cmaf'
import { stagesFor } from '@meanwhile/shared/platform/jobs'
import { keys } from '@meanwhile/shared/platform/keys'
import { createLog } from '@meanwhile/shared/platform/log'
import { openStageQueue } from '@meanwhile/shared/platform/queue'
import { diskStorage } from '@meanwhile/shared/platform/storage-disk'
import { startWorker, type WorkerDeps } from '@meanwhile/worker/worker'
import { eq } from 'drizzle-orm'
import { afterAll, expect, vi } from 'vitest'
import { cloneDatabase } from '../support/database.ts'

export const log = createLog(process.env.TEST_LOG ?? 'silent', 'test')

export const programs = {
  ffmpegPath: process.env.FFMPEG_PATH || 'ffmpeg',
  ffprobePath: process.env.FFPROBE_PATH || 'ffprobe',
  searchPath: process.env.PATH,
}

const bytesOf = (bytes: Buffer): ByteSource => ({
  sizeBytes: bytes.length,
  read: async (offset, length) => new Uint8Array(bytes.subarray(offset, offset + length)),
})

/** Segments of a track, 0 the init segment; `durationMs` of each where it is not to be measured. */
export type Segments = { numbers: number[]; bytes(number: number): Promise<Buffer>; durationMs?: number }

/** Tracks beside `main`, and what the author changed. */
export type Apart = { audio?: Segments; camera?: Segments }
export type Edits = { cuts?: Cuts; layout?: BubbleLayout }

/** Folders of this process that tasks left behind. */
export const scratchFolders = async () => (await readdir(tmpdir())).filter((name) => name.startsWith(`meanwhile-${process.pid}-`))

/** A database, a storage and a queue, and recordings in them as the API leaves them at `finish`. */
export async function startHouse({ redisUrl }: { redisUrl?: string } = {}) {
  const { url, db, sql } = await cloneDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'meanwhile-house-'))
  const storage = await diskStorage(join(dataDir, 'media'))
  const home = { DATABASE_URL: url, REDIS_URL: redisUrl }
  const queue = openStageQueue(home, log)
  afterAll(async () => {
    await queue.close()
    await rm(dataDir, { recursive: true, force: true })
  })
  const author = one(await db.insert(users).values({ name: 'Ada', email: 'ada@example.org' }).returning())
  const workspace = one(await db.insert(workspaces).values({ name: 'Team' }).returning())

  type Boxes = { init?: Init; runs?: Run[]; durationMs: number }
  async function storeSegment(videoId: string, track: Track, number: number, bytes: Buffer, boxes: Boxes) {
    const file = join(storage.incomingDir, randomUUID())
    await writeFile(file, bytes)
    await storage.putFile(keys.segment(videoId, track, number), file)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    await db.insert(segments).values({ videoId, track, number, sha256, sizeBytes: bytes.length, ...boxes })
  }

  /** Stores what arrived of a track, measured as the API does it. @returns the number of the last segment */
  async function storeTrack(videoId: string, track: Track, { numbers, bytes, durationMs }: Segments) {
    let init: Init | undefined
    for (const number of numbers) {
      const segment = await bytes(number)
      const isInit = number === 0 || segment.subarray(0, 64 * 1024).includes('moov')
      if (durationMs !== undefined) {
        await storeSegment(videoId, track, number, segment, { durationMs: number === 0 ? 0 : durationMs })
      } else if (isInit) {
        init = await readInit(bytesOf(segment))
        await storeSegment(videoId, track, number, segment, { init, durationMs: 0 })
      } else {
        const { runs } = await readMediaSegment(bytesOf(segment))
        await storeSegment(videoId, track, number, segment, { runs, durationMs: init ? segmentDurationMs(init, { runs }) : 0 })
      }
    }
    return numbers.at(-1) ?? -1
  }

  const given = {
    /** An update with a finished recording whose stages wait; nothing is in the queue yet. */
    async recording(main: Segments, { cuts = [], layout, ...other }: Apart & Edits = {}) {
      const update = one(await db.insert(updates).values({ workspaceId: workspace.id, authorId: author.id }).returning())
      const all = Object.entries({ main, ...other }) as [Track, Segments][]
      const tracks = all.map(([track]) => track)
      const video = one(
        await db
          .insert(videos)
          .values({ updateId: update.id, tracks, cuts, ...(layout ? { layout } : {}) })
          .returning(),
      )
      const finishedSegments: Partial<Record<Track, number>> = {}
      for (const [track, each] of all) finishedSegments[track] = await storeTrack(video.id, track, each)
      await db.update(videos).set({ finishedSegments, finishedAt: new Date() }).where(eq(videos.id, video.id))
      const names = stagesFor({ tracks, cuts })
      await db.insert(stages).values(names.map((name) => ({ videoId: video.id, name })))
      return { updateId: update.id, videoId: video.id }
    },
    worker: (deps: Partial<WorkerDeps> = {}) =>
      startWorker({ db, storage, log, home, programs, concurrency: 2, reconcileMs: 500, ...deps }),
  }

  /** State, attempts and reason of each stage. */
  async function stagesOf(videoId: string) {
    const rows = await db.select().from(stages).where(eq(stages.videoId, videoId))
    return Object.fromEntries(rows.map((row) => [row.name, row])) as Record<StageName, (typeof rows)[number]>
  }

  const until = (videoId: string, name: StageName, state: string, timeout = 50_000) =>
    vi.waitFor(async () => expect((await stagesOf(videoId))[name].state).toBe(state), { timeout, interval: 50 })

  return { db, sql, url, storage, queue, home, dataDir, author, workspace, given, stagesOf, until }
}

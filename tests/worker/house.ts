import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StageName } from '@meanwhile/shared/contract/videos'
import { one } from '@meanwhile/shared/db/client'
import { users, workspaces } from '@meanwhile/shared/db/schema/people'
import { updates } from '@meanwhile/shared/db/schema/updates'
import { segments, stages, videos } from '@meanwhile/shared/db/schema/videos'
import type { ByteSource } from '@meanwhile/shared/media/boxes'
import { readInit, readMediaSegment, segmentDurationMs } from '@meanwhile/shared/media/cmaf'
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

  async function storeSegment(videoId: string, track: 'main' | 'audio', number: number, bytes: Buffer, durationMs: number) {
    const file = join(storage.incomingDir, randomUUID())
    await writeFile(file, bytes)
    await storage.putFile(keys.segment(videoId, track, number), file)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    await db.insert(segments).values({ videoId, track, number, sha256, sizeBytes: bytes.length, durationMs })
  }

  async function storeTrack(videoId: string, track: 'main' | 'audio', { numbers, bytes, durationMs }: Segments) {
    const init = durationMs || numbers.length === 0 ? null : await readInit(bytesOf(await bytes(0)))
    const measured = async (segment: Buffer) => (init ? segmentDurationMs(init, await readMediaSegment(bytesOf(segment))) : 0)
    for (const number of numbers) {
      const segment = await bytes(number)
      const ms = number === 0 ? 0 : (durationMs ?? (await measured(segment)))
      await storeSegment(videoId, track, number, segment, ms)
    }
    return numbers.length - 1
  }

  const given = {
    /** An update with a finished recording whose stages wait; nothing is in the queue yet. */
    async recording(main: Segments, audio?: Segments) {
      const update = one(await db.insert(updates).values({ workspaceId: workspace.id, authorId: author.id }).returning())
      const tracks = audio ? (['main', 'audio'] as const) : (['main'] as const)
      const video = one(
        await db
          .insert(videos)
          .values({ updateId: update.id, tracks: [...tracks] })
          .returning(),
      )
      const finishedSegments = {
        main: await storeTrack(video.id, 'main', main),
        ...(audio ? { audio: await storeTrack(video.id, 'audio', audio) } : {}),
      }
      await db.update(videos).set({ finishedSegments, finishedAt: new Date() }).where(eq(videos.id, video.id))
      const names = stagesFor({ tracks: [...tracks], cuts: [] })
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

  return { db, sql, url, storage, queue, home, dataDir, workspace, given, stagesOf, until }
}

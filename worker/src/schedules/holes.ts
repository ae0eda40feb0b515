import { randomUUID } from 'node:crypto'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Track } from '@meanwhile/shared/contract/videos'
import { type Db, one } from '@meanwhile/shared/db/client'
import { finishRecording, isSameCounts, lockVideo } from '@meanwhile/shared/db/finish'
import { updates } from '@meanwhile/shared/db/schema/updates'
import { segments, videos } from '@meanwhile/shared/db/schema/videos'
import { keys } from '@meanwhile/shared/platform/keys'
import type { Log } from '@meanwhile/shared/platform/log'
import type { StageQueue } from '@meanwhile/shared/platform/queue'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Ffmpeg } from '../ffmpeg/run.ts'
import type { Part } from '../ledger.ts'
import { withScratch } from '../scratch.ts'
import { type FilledPart, fillHole } from './fill-hole.ts'
import { holesIn, type StoredNumber } from './hole-plan.ts'
import { lastSign, playableCounts } from './recover.ts'

/** In a round; chosen by chance, so that those that cannot be filled do not keep the others out. */
const batch = 20

export type HoleDeps = { db: Db; storage: Storage; queue: StageQueue; ffmpeg: Ffmpeg; log: Log; signal: AbortSignal }

/** Something arrived behind what is played, and its recorder gave no sign of life for so long. Database time. */
const hasOldHole = (hours: number) =>
  and(
    isNotNull(videos.recoveredAt),
    isNull(videos.file),
    sql`${lastSign} < now() - make_interval(secs => ${hours * 3600})`,
    sql`exists (select from ${segments} where ${segments.videoId} = ${videos.id}
      and ${segments.number} > coalesce((${videos.finishedSegments} ->> ${segments.track})::int, 0))`,
  )

const isHeldBack = (error: unknown) => error instanceof FillingStoppedError

/** Something changed while the filling was made: it is looked at again in the next round. */
class FillingStoppedError extends Error {}

type Filling = { track: Track; parts: FilledPart[] }

async function storedOf(db: Db, videoId: string, track: Track): Promise<(StoredNumber & Part)[]> {
  const rows = await db
    .select()
    .from(segments)
    .where(and(eq(segments.videoId, videoId), eq(segments.track, track)))
    .orderBy(asc(segments.number))
  return rows.map((row) => ({ ...row, isInit: row.init !== null, trackIds: null }))
}

/** Makes what is missing of a track. */
async function fillTrack(deps: HoleDeps, dir: string, videoId: string, track: Track): Promise<Filling> {
  const rows = await storedOf(deps.db, videoId, track)
  const parts = new Map(rows.map((row) => [row.number, row]))
  const filled: FilledPart[] = []
  for (const hole of holesIn(rows)) filled.push(...(await fillHole({ ...deps, dir, videoId }, track, parts, hole)))
  return { track, parts: filled }
}

/** Writes down a part in the place of a segment; its row holds back whoever would store one there. @throws {FillingStoppedError} when one is there */
async function storePart(tx: Db, storage: Storage, videoId: string, track: Track, part: FilledPart) {
  const { file, ...row } = part
  const [inserted] = await tx
    .insert(segments)
    .values({ videoId, track, filled: true, ...row })
    .onConflictDoNothing()
    .returning({ number: segments.number })
  if (!inserted) throw new FillingStoppedError(`segment ${part.number} arrived`)
  const incoming = join(storage.incomingDir, randomUUID())
  await copyFile(file, incoming)
  await storage.putFile(keys.segment(videoId, track, part.number), incoming)
}

/** Puts everything in its place in one step, if nothing changed meanwhile. @returns keys of objects that nobody needs any more */
const publishFilling = (deps: HoleDeps, videoId: string, fillings: Filling[], hours: number): Promise<string[]> =>
  deps.db.transaction(async (tx) => {
    if (!(await lockVideo(tx, videoId, { skipLocked: true }))) throw new FillingStoppedError('somebody else is at it')
    const [video] = await tx
      .select()
      .from(videos)
      .where(and(eq(videos.id, videoId), hasOldHole(hours)))
    if (!video) throw new FillingStoppedError('its recorder is back, or somebody else filled it')
    for (const { track, parts } of fillings) for (const part of parts) await storePart(tx, deps.storage, videoId, track, part)
    const counts = await playableCounts(tx, video)
    if (!counts || (video.finishedSegments && isSameCounts(video.finishedSegments, counts)))
      throw new FillingStoppedError('nothing more can be played')
    const update = one(await tx.select().from(updates).where(eq(updates.id, video.updateId)))
    return (await finishRecording(tx, { video, update, counts, by: 'server', requestId: null })).withdrawn
  })

async function fillVideo(deps: HoleDeps, videoId: string, tracks: Track[], hours: number): Promise<boolean> {
  const { storage, queue, log } = deps
  const withdrawn = await withScratch(async (dir) => {
    const fillings: Filling[] = []
    for (const track of tracks) fillings.push(await fillTrack(deps, dir, videoId, track))
    if (fillings.every(({ parts }) => parts.length === 0)) return null
    return publishFilling(deps, videoId, fillings, hours)
  })
  if (!withdrawn) return false
  log.info({ videoId }, 'what never arrived of the recording is filled with a still picture and silence')
  for (const key of withdrawn)
    await storage.delete(key).catch((error) => log.warn({ err: error, key }, 'an object that was withdrawn is left'))
  await queue
    .add({ videoId, stage: 'probe', requestId: null })
    .catch((error) => log.warn({ err: error, videoId }, 'a stage could not be offered; the reconciler will'))
  return true
}

/**
 * Closes the holes of recordings whose recorder gave no sign of life for `hours`, so that what arrived behind them is watched too.
 * Several workers may do it at once: one of them publishes. @returns the ids of the videos that this call let grow
 */
export async function fillHoles(deps: HoleDeps, hours: number): Promise<string[]> {
  const { db, log, signal } = deps
  const found = await db
    .select({ id: videos.id, tracks: videos.tracks })
    .from(videos)
    .innerJoin(updates, eq(updates.id, videos.updateId))
    .where(and(hasOldHole(hours), isNull(updates.trashedAt)))
    .orderBy(sql`random()`)
    .limit(batch)
  const grown: string[] = []
  for (const { id, tracks } of found) {
    signal.throwIfAborted()
    const inOrder = Track.options.filter((track) => tracks.includes(track))
    const hasGrown = await fillVideo(deps, id, inOrder, hours).catch((error) => {
      signal.throwIfAborted()
      log.warn({ err: error, videoId: id }, isHeldBack(error) ? 'a hole was not filled this time' : 'a hole cannot be filled')
      return false
    })
    if (hasGrown) grown.push(id)
  }
  return grown
}

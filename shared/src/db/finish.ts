import { and, eq, inArray, notInArray, sql } from 'drizzle-orm'
import type { StageName, Track } from '../contract/videos.ts'
import { stagesFor } from '../platform/jobs.ts'
import type { Db } from './client.ts'
import { trackSummary } from './ledger.ts'
import { notify } from './notify.ts'
import { updates } from './schema/updates.ts'
import { assets, stages, videos } from './schema/videos.ts'

/** Number of the last segment of each track. */
export type Counts = Partial<Record<Track, number>>

/** The tracks that have segments. */
export const tracksIn = (counts: Counts): Track[] => (Object.keys(counts) as Track[]).filter((track) => counts[track])

export type Finishing = {
  video: typeof videos.$inferSelect
  update: Pick<typeof updates.$inferSelect, 'id' | 'workspaceId'>
  counts: Counts
  /** Who says that this is the end: the recorder, or the server in its place, which lets the recording grow later. */
  by: 'recorder' | 'server'
  clockMs?: number | undefined
  requestId: string | null
}

export const isSameCounts = (a: Counts, b: Counts) => {
  const tracks = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<Track>
  return [...tracks].every((track) => a[track] === b[track])
}

/** Puts stages at their start, whoever works on them: what a running attempt makes is not published any more. */
export async function startStages(tx: Db, videoId: string, names: StageName[], requestId: string | null) {
  const fresh = { state: 'waiting', progress: 0, attempts: 0, error: null, leaseId: null, leaseUntil: null, requestId } as const
  await tx
    .insert(stages)
    .values(names.map((name) => ({ videoId, name, ...fresh })))
    .onConflictDoUpdate({ target: [stages.videoId, stages.name], set: { ...fresh, updatedAt: sql`now()` } })
}

/** Takes back what stages made. @returns the keys of its objects, to be deleted once the transaction is committed */
export async function withdrawAssets(tx: Db, videoId: string, names: StageName[]): Promise<string[]> {
  const gone = await tx
    .delete(assets)
    .where(and(eq(assets.videoId, videoId), inArray(assets.stage, names)))
    .returning({ key: assets.key, hlsKey: assets.hlsKey })
  return gone.flatMap(({ key, hlsKey }) => (hlsKey ? [key, hlsKey] : [key]))
}

/** What is made from the whole length. The poster is the beginning's and stays until there is a new one. */
const ofTheWholeLength: StageName[] = ['probe', 'original', 'camera', 'storyboard', 'download', 'renditions']

/** Its stages start, for the first time or again. @returns keys as `withdrawAssets` */
async function process(tx: Db, { video, counts, requestId }: Finishing): Promise<string[]> {
  const names = stagesFor({ tracks: tracksIn(counts), cuts: video.cuts })
  const withdrawn = video.finishedSegments ? await withdrawAssets(tx, video.id, ofTheWholeLength) : []
  await tx.delete(stages).where(and(eq(stages.videoId, video.id), notInArray(stages.name, ['import', ...names])))
  await startStages(tx, video.id, names, requestId)
  return withdrawn
}

/**
 * The core of finishing, for whoever has locked the row of the video and knows that the segments are there: it is published, and
 * its stages wait for a worker. One that the server finished may be finished again, with more.
 * @returns whether stages start now, and keys of objects to delete once the transaction is committed
 */
export async function finishRecording(tx: Db, finishing: Finishing): Promise<{ starts: boolean; withdrawn: string[] }> {
  const { video, update, counts, by, clockMs } = finishing
  const starts = !video.finishedSegments || !isSameCounts(video.finishedSegments, counts)
  const { durationMs } = await trackSummary(tx, video.id, 'main')
  await tx
    .update(videos)
    .set({
      finishedSegments: counts,
      finishedAt: sql`coalesce(${videos.finishedAt}, now())`,
      recoveredAt: by === 'server' ? sql`now()` : null,
      durationMs,
      // A track of which nothing has arrived yet may still come from a recorder that was away.
      ...(by === 'recorder' ? { tracks: video.tracks.filter((track) => counts[track]) } : {}),
      ...(clockMs === undefined ? {} : { clockMs }),
    })
    .where(eq(videos.id, video.id))
  await tx
    .update(updates)
    .set({ publishedAt: sql`coalesce(${updates.publishedAt}, now())` })
    .where(eq(updates.id, update.id))
  const withdrawn = starts ? await process(tx, finishing) : []
  await notify(tx, update.workspaceId, { type: 'update', updateId: update.id })
  await notify(tx, update.workspaceId, { type: 'video', updateId: update.id, videoId: video.id })
  return { starts, withdrawn }
}

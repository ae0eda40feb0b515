import { and, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm'
import type { Cuts } from '../contract/edits.ts'
import { StageName, type Track } from '../contract/videos.ts'
import { normalizeCuts } from '../media/cuts.ts'
import { stagesFor } from '../platform/jobs.ts'
import { publishComment } from './announce-comment.ts'
import { cutToAnswer } from './answer-length.ts'
import type { Db } from './client.ts'
import { countRecorded } from './count-hours.ts'
import { trackSummary } from './ledger.ts'
import { notify } from './notify.ts'
import { captions } from './schema/captions.ts'
import { updates } from './schema/updates.ts'
import { assets, segments, stages, type UploadedFile, videos } from './schema/videos.ts'
import { settleAnswer } from './settle-answer.ts'
import { settleTake } from './settle-take.ts'
import { tellWebhooksOf } from './tell-webhooks.ts'

/** Number of the last segment of each track. */
export type Counts = Partial<Record<Track, number>>

/** The tracks that have segments. */
export const tracksIn = (counts: Counts): Track[] => (Object.keys(counts) as Track[]).filter((track) => counts[track])

/** The tracks of a video: once it is finished, those that have segments. */
export const tracksOf = ({ finishedSegments, tracks }: Pick<typeof videos.$inferSelect, 'finishedSegments' | 'tracks'>) =>
  finishedSegments ? tracksIn(finishedSegments) : tracks

export type Finishing = {
  video: typeof videos.$inferSelect
  update: Pick<typeof updates.$inferSelect, 'id' | 'workspaceId'>
  counts: Counts
  /**
   * Who says that this is the end: the recorder, the server in its place, which lets it grow later, the import of a file, or that of an
   * export, whose recordings took nobody's time here.
   */
  by: 'recorder' | 'server' | 'import' | 'export'
  clockMs?: number | undefined
  requestId: string | null
}

export const isSameCounts = (a: Counts, b: Counts) => {
  const tracks = new Set([...Object.keys(a), ...Object.keys(b)]) as Set<Track>
  return [...tracks].every((track) => a[track] === b[track])
}

/**
 * Locks a video whose segments and stages are about to change. What adds a segment waits for it, and it waits for what adds one. A
 * worker that publishes locks its stage and then looks at the video: so does this, or the two would wait for each other.
 * @param options.skipLocked undefined instead of waiting @returns undefined when there is no such video
 */
export async function lockVideo(tx: Db, videoId: string, options: { skipLocked?: boolean } = {}) {
  const locked = options.skipLocked ? { skipLocked: true as const } : {}
  await tx.select({ name: stages.name }).from(stages).where(eq(stages.videoId, videoId)).orderBy(stages.name).for('update')
  const [video] = await tx.select().from(videos).where(eq(videos.id, videoId)).for('update', locked)
  return video
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

/** What is made from the whole length. The poster and the preview are the beginning's and stay until there are new ones. */
const ofTheWholeLength = StageName.exclude(['import', 'poster', 'preview']).options

/** What was heard in a recording that is another now. */
async function forgetSound(tx: Db, videoId: string) {
  await tx.update(videos).set({ sound: null }).where(eq(videos.id, videoId))
  await tx.delete(captions).where(and(eq(captions.videoId, videoId), eq(captions.source, 'transcript')))
}

/** Its stages start, for the first time or again. @returns keys as `withdrawAssets` */
async function startProcessing(tx: Db, { video, counts, requestId }: Finishing, cuts: Cuts): Promise<string[]> {
  const names = stagesFor({ tracks: tracksIn(counts), cuts })
  const withdrawn = video.finishedSegments ? await withdrawAssets(tx, video.id, ofTheWholeLength) : []
  await forgetSound(tx, video.id)
  await tx.delete(stages).where(and(eq(stages.videoId, video.id), notInArray(stages.name, ['import', ...names])))
  await startStages(tx, video.id, names, requestId)
  return withdrawn
}

/** What a finished video belongs to is there for others from now on. */
async function publishWith(tx: Db, { commentId }: Finishing['video'], update: Finishing['update']) {
  if (commentId) return publishComment(tx, commentId)
  const published = await tx
    .update(updates)
    .set({ publishedAt: sql`now()` })
    .where(and(eq(updates.id, update.id), isNull(updates.publishedAt)))
    .returning({ id: updates.id })
  if (published.length === 0) return
  await settleAnswer(tx, update.id)
  await settleTake(tx, update.id)
  await tellWebhooksOf(tx, update.id, 'update.published')
}

/**
 * The core of finishing, for whoever has locked the row of the video and knows that the segments are there: its update, or the
 * comment that is answered by it, is published, and
 * its stages wait for a worker. One that the server finished may be finished again, with more.
 * @returns whether stages start now, and keys of objects to delete once the transaction is committed
 */
export async function finishRecording(tx: Db, finishing: Finishing): Promise<{ starts: boolean; withdrawn: string[] }> {
  const { video, update, counts, by, clockMs } = finishing
  const starts = !video.finishedSegments || !isSameCounts(video.finishedSegments, counts)
  const { durationMs } = await trackSummary(tx, video.id, 'main')
  const cuts = await cutToAnswer(tx, video, normalizeCuts(video.cuts, durationMs), durationMs)
  await tx
    .update(videos)
    .set({
      finishedSegments: counts,
      finishedAt: sql`coalesce(${videos.finishedAt}, now())`,
      ...(by === 'import' || by === 'export' ? {} : { recoveredAt: by === 'server' ? sql`now()` : null }),
      durationMs,
      cuts,
      // A track of which nothing has arrived yet may still come from a recorder that was away.
      ...(by !== 'server' ? { tracks: video.tracks.filter((track) => counts[track]) } : {}),
      ...(clockMs === undefined ? {} : { clockMs }),
    })
    .where(eq(videos.id, video.id))
  await publishWith(tx, video, update)
  const withdrawn = starts ? await startProcessing(tx, finishing, cuts) : []
  await tellOf(tx, { video, update })
  if (by !== 'export') await countRecorded(tx, update, video, durationMs)
  return { starts, withdrawn }
}

/**
 * A segment of a finished recording is another now: what was made of them is made again. The row of the video is locked.
 * @returns keys of objects to delete once the transaction is committed
 */
export async function remakeAll(
  tx: Db,
  { video, update, requestId }: Pick<Finishing, 'video' | 'update' | 'requestId'>,
): Promise<string[]> {
  if (!video.finishedSegments) return []
  const { durationMs } = await trackSummary(tx, video.id, 'main')
  await tx.update(videos).set({ durationMs }).where(eq(videos.id, video.id))
  const withdrawn = await startProcessing(
    tx,
    { video, update, counts: video.finishedSegments, by: 'recorder', requestId },
    video.cuts,
  )
  await tellOf(tx, { video, update })
  return withdrawn
}

/** Tells the pages that show the update and its video. */
const tellOf = async (tx: Db, { video, update }: Pick<Finishing, 'video' | 'update'>) => {
  if (!video.commentId) await notify(tx, update.workspaceId, { type: 'update', updateId: update.id })
  await notify(tx, update.workspaceId, { type: 'video', updateId: update.id, videoId: video.id })
}

/**
 * The core of finishing a file, for whoever has locked the row of the video and knows that its parts are there: the worker makes
 * its segments. What was made of a shorter one, which the server had finished, is taken back; its segments are made again.
 * @returns keys of objects to delete once the transaction is committed
 */
export async function startImport(
  tx: Db,
  { video, update, by, requestId, file, clockMs }: Omit<Finishing, 'counts'> & { file: UploadedFile },
): Promise<string[]> {
  const withdrawn = await withdrawAssets(tx, video.id, StageName.options)
  await forgetSound(tx, video.id)
  await tx.delete(segments).where(eq(segments.videoId, video.id))
  await tx.delete(stages).where(eq(stages.videoId, video.id))
  const unfinished = { finishedSegments: null, finishedAt: null, durationMs: null }
  await tx
    .update(videos)
    .set({ ...unfinished, file, ...(clockMs === undefined ? {} : { clockMs }), recoveredAt: by === 'server' ? sql`now()` : null })
    .where(eq(videos.id, video.id))
  await startStages(tx, video.id, ['import'], requestId)
  await tellOf(tx, { video, update })
  return withdrawn
}

import { Track } from '@meanwhile/shared/contract/videos'
import { seeing } from '@meanwhile/shared/db/announce-comment'
import { type Db, one } from '@meanwhile/shared/db/client'
import { type Counts, finishRecording, isSameCounts, lockVideo, startImport } from '@meanwhile/shared/db/finish'
import { trackSummary } from '@meanwhile/shared/db/ledger'
import { notify } from '@meanwhile/shared/db/notify'
import { comments } from '@meanwhile/shared/db/schema/comments'
import { notifications } from '@meanwhile/shared/db/schema/notifications'
import { updates } from '@meanwhile/shared/db/schema/updates'
import { fileParts, segments, videos } from '@meanwhile/shared/db/schema/videos'
import type { StageJob } from '@meanwhile/shared/platform/jobs'
import { and, asc, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'

type VideoRow = typeof videos.$inferSelect

/** A recording that the server finished: what starts now, and keys of objects that nobody needs any more. */
export type Recovered = { job: StageJob; withdrawn: string[] }

/** The last sign of life of a recorder: a segment, a part, a report, or the beginning. */
export const lastSign = sql`greatest(${videos.createdAt}, ${videos.reportedAt},
  (select max(${segments.createdAt}) from ${segments} where ${segments.videoId} = ${videos.id}),
  (select max(${fileParts.createdAt}) from ${fileParts} where ${fileParts.videoId} = ${videos.id}))`

const hasStarted = sql`exists (select from ${segments} where ${segments.videoId} = ${videos.id} and ${segments.track} = 'main' and ${segments.number} = 0)`
const hasRecordedFile = sql`(${videos.recorded} -> 'file' is not null
  and exists (select from ${fileParts} where ${fileParts.videoId} = ${videos.id} and ${fileParts.number} = 1))`

/** Recorded, never finished, and something is there; or finished by the server, and its recorder has been back since. */
const isOpen = or(
  and(eq(videos.imported, false), isNull(videos.finishedAt), isNull(videos.file), or(hasStarted, hasRecordedFile)),
  and(isNotNull(videos.recoveredAt), sql`${videos.reportedAt} >= ${videos.recoveredAt}`),
)

/** What may have been abandoned: its recorder gave no sign of life for so long. Database time. */
export const isAbandoned = (minutes: number) => and(isOpen, sql`${lastSign} < now() - make_interval(secs => ${minutes * 60})`)

/** How many contiguous segments of each track may be played; null without anything to see or hear in the track main. */
export async function playableCounts(tx: Db, video: VideoRow): Promise<Counts | null> {
  const counts: Counts = {}
  for (const track of Track.options.filter((each) => video.tracks.includes(each))) {
    const { segments: count, durationMs } = await trackSummary(tx, video.id, track)
    if (durationMs > 0) counts[track] = count
  }
  return counts.main ? counts : null
}

/** The parts of a recorded file up to the first hole; null when they are no more than before. */
async function contiguousFile(tx: Db, { id, file }: VideoRow) {
  const rows = await tx.select().from(fileParts).where(eq(fileParts.videoId, id)).orderBy(asc(fileParts.number))
  const whole = rows.filter(({ number }, index) => number === index + 1)
  if (whole.length <= (file?.parts ?? 0)) return null
  return { parts: whole.length, sizeBytes: whole.reduce((sum, part) => sum + part.sizeBytes, 0), name: file?.name ?? null }
}

/** Finishes it with the segments or the parts that are there; null when there is nothing, or nothing new. */
async function finishWithWhatArrived(tx: Db, video: VideoRow): Promise<Recovered | null> {
  const update = one(await tx.select().from(updates).where(eq(updates.id, video.updateId)))
  const finishing = { video, update, by: 'server', requestId: null } as const
  async function finished(stage: StageJob['stage'], withdrawn: string[]): Promise<Recovered> {
    await tellAuthor(tx, video, update)
    return { job: { videoId: video.id, stage, requestId: null }, withdrawn }
  }
  // A file that somebody chose may be of no use without its end; one that was being recorded is.
  if (video.recorded?.file) {
    const file = await contiguousFile(tx, video)
    return file && finished('import', await startImport(tx, { ...finishing, file }))
  }
  const counts = await playableCounts(tx, video)
  if (!counts || (video.finishedSegments && isSameCounts(video.finishedSegments, counts))) return null
  const { withdrawn } = await finishRecording(tx, { ...finishing, counts })
  return finished('probe', withdrawn)
}

/** Nobody may be there to see it end: its author reads of it later, anew each time that there is more of it. */
async function tellAuthor(tx: Db, { id: videoId, commentId }: VideoRow, update: typeof updates.$inferSelect) {
  const [comment] = commentId ? await tx.select().from(comments).where(eq(comments.id, commentId)) : []
  const userId = comment?.authorId ?? update.authorId
  if ((await seeing(tx, update, [userId])).length === 0) return
  await tx
    .insert(notifications)
    .values({ userId, actorId: userId, kind: 'recovered', updateId: update.id, commentId, videoId })
    .onConflictDoUpdate({ target: notifications.videoId, set: { createdAt: sql`now()`, readAt: null } })
  await notify(tx, update.workspaceId, { type: 'notification' }, { userId })
}

/**
 * Finishes one recording with what arrived, if it is still abandoned once its row is locked: nobody adds to it and nobody else
 * finishes it meanwhile. @returns null when there was nothing to do
 */
export const recover = (db: Db, videoId: string, minutes: number): Promise<Recovered | null> =>
  db.transaction(async (tx) => {
    // Somebody adds to it or finishes it at this moment: it is not abandoned.
    if (!(await lockVideo(tx, videoId, { skipLocked: true }))) return null
    const [video] = await tx
      .select()
      .from(videos)
      .where(and(eq(videos.id, videoId), isAbandoned(minutes)))
    return video ? finishWithWhatArrived(tx, video) : null
  })

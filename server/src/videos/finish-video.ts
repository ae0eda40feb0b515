import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { FinishVideo, Track } from '@meanwhile/shared/contract/videos'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { type Counts, finishRecording, isSameCounts } from '@meanwhile/shared/db/finish'
import { missingNumbers } from '@meanwhile/shared/db/ledger'
import { and, eq, gt, max } from 'drizzle-orm'
import type { VideoOfUpdate, VideoRow } from './access.ts'

const { segments, videos } = schema

function countsOf(video: VideoRow, { tracks }: FinishVideo): Counts {
  const counts: Counts = {}
  for (const [track, told] of Object.entries(tracks) as [Track, { segments: number }][]) {
    if (!video.tracks.includes(track)) throw new ProblemError('invalid-request', `This video has no track ${track}.`)
    counts[track] = told.segments
  }
  if (!counts.main) throw new ProblemError('invalid-request', 'Say how many segments the track main has.')
  return counts
}

async function requireComplete(db: Db, videoId: string, counts: Counts) {
  const missing: Record<string, number[]> = {}
  for (const [track, count] of Object.entries(counts) as [Track, number][]) {
    const numbers = await missingNumbers(db, videoId, track, count)
    if (numbers.length > 0) missing[track] = numbers
    const { last } = one(
      await db
        .select({ last: max(segments.number) })
        .from(segments)
        .where(and(eq(segments.videoId, videoId), eq(segments.track, track), gt(segments.number, count))),
    )
    if (last !== null)
      throw new ProblemError('finish-conflict', `Segment ${last} of ${track} has arrived too; finish with at least ${last}.`)
  }
  if (Object.keys(missing).length > 0)
    throw new ProblemError('segments-missing', 'Send the missing segments, then finish again.', { missing })
}

/**
 * Finishes a recording: it is published, and its stages wait for a worker. The same again changes nothing.
 * @returns whether this call finished it
 * @throws {ProblemError} `segments-missing` with the list, `finish-conflict`, `invalid-request`
 */
export const finishVideo = (
  db: Db,
  { video: { id: videoId }, update }: VideoOfUpdate,
  told: FinishVideo,
  requestId: string,
): Promise<boolean> =>
  db.transaction(async (tx) => {
    const video = one(await tx.select().from(videos).where(eq(videos.id, videoId)).for('update'))
    const counts = countsOf(video, told)
    if (video.finishedSegments) {
      if (!isSameCounts(video.finishedSegments, counts)) throw new ProblemError('finish-conflict')
      return false
    }
    await requireComplete(tx, videoId, counts)
    await finishRecording(tx, { video, update, counts, by: 'recorder', clockMs: told.clockMs, requestId })
    return true
  })

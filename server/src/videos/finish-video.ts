import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { FinishVideo, Track } from '@meanwhile/shared/contract/videos'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { type Counts, finishRecording, isSameCounts } from '@meanwhile/shared/db/finish'
import { missingNumbers, trackSummary } from '@meanwhile/shared/db/ledger'
import { and, eq, gt, max } from 'drizzle-orm'
import { requireLocked, type VideoOfUpdate, type VideoRow } from './access.ts'

const { segments } = schema
const entriesOf = (counts: Counts) => Object.entries(counts) as [Track, number][]

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
  for (const [track, count] of entriesOf(counts)) {
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
  if ((await trackSummary(db, videoId, 'main')).durationMs === 0)
    throw new ProblemError('invalid-request', 'There is nothing to see or hear in the track main.')
}

/** What was finished by its recorder stays as it is; what the server finished may become longer, never shorter. */
function requireGrowth({ finishedSegments, recoveredAt }: VideoRow, counts: Counts) {
  if (!finishedSegments) return
  if (!recoveredAt) throw new ProblemError('finish-conflict')
  for (const [track, count] of entriesOf(finishedSegments))
    if ((counts[track] ?? 0) < count)
      throw new ProblemError('finish-conflict', `Track ${track} has ${count} segments already; finish with at least as many.`)
}

/**
 * Finishes a recording: it is published, and its stages wait for a worker. The same again changes nothing.
 * @returns whether stages start now, and keys of objects to delete
 * @throws {ProblemError} `segments-missing` with the list, `finish-conflict`, `upload-conflict`, `invalid-request`
 */
export const finishVideo = (
  db: Db,
  { video: { id: videoId }, update }: VideoOfUpdate,
  told: FinishVideo,
  requestId: string,
): Promise<{ starts: boolean; withdrawn: string[] }> =>
  db.transaction(async (tx) => {
    const video = await requireLocked(tx, videoId)
    if (video.file) throw new ProblemError('upload-conflict')
    const counts = countsOf(video, told)
    if (video.finishedSegments && !video.recoveredAt && isSameCounts(video.finishedSegments, counts))
      return { starts: false, withdrawn: [] }
    requireGrowth(video, counts)
    await requireComplete(tx, videoId, counts)
    return finishRecording(tx, { video, update, counts, by: 'recorder', clockMs: told.clockMs, requestId })
  })

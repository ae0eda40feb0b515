import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { SegmentFields, StoredSegment } from '@meanwhile/shared/contract/videos'
import type { schema } from '@meanwhile/shared/db/client'
import type { Log } from '@meanwhile/shared/platform/log'
import type { Received } from './receive-file.ts'

export type SegmentRow = typeof schema.segments.$inferSelect
export type ReceivedSegment = Received<SegmentFields>

/** A stored segment as the API shows it. */
export const asStored = ({ track, number, sha256, sizeBytes, durationMs }: SegmentRow): StoredSegment => ({
  track,
  number,
  sha256,
  sizeBytes,
  durationMs: Math.round(durationMs),
})

/** Same number, same bytes: the first answer again. @throws {ProblemError} `segment-conflict` for other bytes */
export function sameOrConflict(stored: SegmentRow, sha256: string, log: Pick<Log, 'warn'>): StoredSegment {
  if (stored.sha256 === sha256) return asStored(stored)
  const { videoId, track, number } = stored
  log.warn({ videoId, track, number, stored: stored.sha256, sent: sha256 }, 'other bytes were sent for a stored segment')
  throw new ProblemError('segment-conflict', `Segment ${number} of ${track} is kept as it arrived first.`)
}

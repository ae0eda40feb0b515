import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, isNull } from 'drizzle-orm'

const { videos } = schema

/** A moment may be this much behind the last frame: players round. */
const toleranceMs = 1000

/** Whether the video of an update has this moment; one that is recorded has every moment. @throws {ProblemError} `comment-out-of-range` */
export async function requireWithinVideo(db: Db, updateId: string, lastMs: number) {
  const [video] = await db
    .select({ durationMs: videos.durationMs })
    .from(videos)
    .where(and(eq(videos.updateId, updateId), isNull(videos.commentId)))
  if (!video) throw new ProblemError('comment-out-of-range', 'This update has no video; comment on the whole of it.')
  if (video.durationMs !== null && lastMs > video.durationMs + toleranceMs)
    throw new ProblemError('comment-out-of-range', `The video is ${video.durationMs} ms long.`)
}

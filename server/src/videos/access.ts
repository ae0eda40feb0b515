import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { lockVideo } from '@meanwhile/shared/db/finish'
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { canReadComment } from '../comments/access.ts'
import type { Candidate, Reader, Recorder } from '../session.ts'
import { type SeenUpdate, seenColumns, visibleTo } from '../updates/access.ts'

const { comments, updates, videos } = schema
export type VideoRow = typeof videos.$inferSelect
/** `ownerId`: who recorded it, the author of the comment or of the update that it belongs to. */
export type VideoOfUpdate = { video: VideoRow; update: SeenUpdate; ownerId: string }

async function findVideo(db: Db, videoId: string, viewer: Reader | Candidate, within: SQL | undefined) {
  const [found] = await db
    .select({ video: videos, update: seenColumns(viewer), comment: comments })
    .from(videos)
    .innerJoin(updates, eq(updates.id, videos.updateId))
    .leftJoin(comments, eq(comments.id, videos.commentId))
    .where(and(eq(videos.id, videoId), within))
    .prepare('video')
    .execute()
  return found && { ...found, ownerId: found.comment?.authorId ?? found.update.authorId }
}

/** Whoever sees the update sees its video, and that of a comment on it which they can read. @throws {ProblemError} `not-found` */
export async function requireVisibleVideo(db: Db, videoId: string, viewer: Reader | Candidate): Promise<VideoOfUpdate> {
  const found = await findVideo(db, videoId, viewer, visibleTo(viewer))
  if (!found || (found.comment && (viewer.role === 'candidate' || !canReadComment(found.comment, found.update, viewer))))
    throw new ProblemError('not-found')
  return found
}

/**
 * The author alone adds to a video, also when they were taken out of its channel meanwhile: what was recorded is never lost by that. To
 * others an upload does not exist. @throws {ProblemError} `not-found`
 */
export async function requireOwnVideo(db: Db, videoId: string, viewer: Recorder): Promise<VideoOfUpdate> {
  const found = await findVideo(db, videoId, viewer, and(isNull(updates.trashedAt), eq(updates.workspaceId, viewer.workspace.id)))
  if (!found || found.ownerId !== viewer.id || found.comment?.deletedAt) throw new ProblemError('not-found')
  return found
}

/** Who recorded it changes what others see of it. @throws {ProblemError} `not-found`, or `forbidden` when it is somebody else's */
export async function requireEditableVideo(db: Db, videoId: string, viewer: Recorder): Promise<VideoOfUpdate> {
  const found = await requireVisibleVideo(db, videoId, viewer)
  if (found.ownerId !== viewer.id) throw new ProblemError('forbidden', 'Only its author can change it.')
  return found
}

/** The row as it is now, for a transaction that changes segments or stages. @throws {ProblemError} `not-found` when it is gone */
export async function requireLocked(tx: Db, videoId: string): Promise<VideoRow> {
  const video = await lockVideo(tx, videoId)
  if (!video) throw new ProblemError('not-found')
  return video
}

/** A recorder that the server had given up is back: that is a sign of life, so that what it sends is not left lying. */
export async function noteLate(db: Db, videoId: string) {
  await db.update(videos).set({ reportedAt: sql`now()` }).where(eq(videos.id, videoId))
}

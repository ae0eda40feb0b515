import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { eq } from 'drizzle-orm'
import type { Viewer } from '../session.ts'
import { isVisible, type UpdateRow } from '../updates/access.ts'

const { updates, videos } = schema
export type VideoRow = typeof videos.$inferSelect
export type VideoOfUpdate = { video: VideoRow; update: UpdateRow }

/** Whoever sees the update sees its video. @throws {ProblemError} `not-found` */
export async function requireVisibleVideo(db: Db, videoId: string, viewer: Viewer): Promise<VideoOfUpdate> {
  const [found] = await db
    .select({ video: videos, update: updates })
    .from(videos)
    .innerJoin(updates, eq(updates.id, videos.updateId))
    .where(eq(videos.id, videoId))
  if (!found || !isVisible(found.update, viewer)) throw new ProblemError('not-found')
  return found
}

/** The author alone adds to a video. To others an upload does not exist. @throws {ProblemError} `not-found` */
export async function requireOwnVideo(db: Db, videoId: string, viewer: Viewer): Promise<VideoOfUpdate> {
  const found = await requireVisibleVideo(db, videoId, viewer)
  if (found.update.authorId !== viewer.id) throw new ProblemError('not-found')
  return found
}

import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { isRecordedBy } from '@meanwhile/shared/db/storage-use'
import { and, eq, gt, isNull, sql } from 'drizzle-orm'
import type { Viewer } from '../session.ts'

const { comments, updates, videos } = schema

export type Who = Pick<Viewer, 'id' | 'workspace'>

/** How many videos of this person are on their way here. One that gave no sign of life for a day is not. */
export async function countOnTheirWay(db: Db, who: Who): Promise<number> {
  const latest = sql`greatest(${videos.createdAt}, ${videos.reportedAt})`
  const rows = db
    .select({ count: sql<string>`count(*)`.mapWith(Number) })
    .from(videos)
    .innerJoin(updates, eq(updates.id, videos.updateId))
    .leftJoin(comments, eq(comments.id, videos.commentId))
    .where(
      and(
        eq(updates.workspaceId, who.workspace.id),
        isRecordedBy(who),
        isNull(videos.finishedAt),
        isNull(updates.trashedAt),
        isNull(comments.deletedAt),
        gt(latest, sql`now() - interval '1 day'`),
      ),
    )
  return one(await rows).count
}

/** Bytes of a video have arrived and are kept. */
export const addStoredBytes = (db: Db, videoId: string, sizeBytes: number) =>
  db
    .update(videos)
    .set({ storedBytes: sql`${videos.storedBytes} + ${sizeBytes}` })
    .where(eq(videos.id, videoId))

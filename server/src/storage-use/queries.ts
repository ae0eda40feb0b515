import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { and, eq, gt, isNull, type SQL, sql } from 'drizzle-orm'
import type { Viewer } from '../session.ts'

const { comments, updates, videos } = schema

export type Who = Pick<Viewer, 'id' | 'workspace'>

/** Who recorded a video, see `VideoOfUpdate`. */
const isOf = ({ id }: Who): SQL => sql`coalesce(${comments.authorId}, ${updates.authorId}) = ${id}`

const bytesOf = (which: SQL = sql`true`) =>
  sql<string>`coalesce(sum(${videos.storedBytes}) filter (where ${which}), 0)`.mapWith(Number)

/** How many bytes this person has sent to this workspace, and everybody, what lies in the trash included. */
export async function storedBytes(db: Db, who: Who): Promise<{ own: number; workspace: number }> {
  const rows = db
    .select({ own: bytesOf(isOf(who)), workspace: bytesOf() })
    .from(videos)
    .innerJoin(updates, eq(updates.id, videos.updateId))
    .leftJoin(comments, eq(comments.id, videos.commentId))
    .where(eq(updates.workspaceId, who.workspace.id))
  return one(await rows)
}

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
        isOf(who),
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

import { eq, type SQL, sql } from 'drizzle-orm'
import type { RunningEnv } from '../platform/env.ts'
import { type Db, one } from './client.ts'
import { comments } from './schema/comments.ts'
import { updates } from './schema/updates.ts'
import { videos } from './schema/videos.ts'

/** Somebody in a workspace, whose recordings are counted. */
export type Keeper = { id: string; workspace: { id: string } }
export type Quotas = Pick<RunningEnv, 'QUOTA_PERSON_GB' | 'QUOTA_WORKSPACE_GB'>

const gigabyte = 1_000_000_000

/** How much may be kept, in bytes. */
export const allowedBytes = ({ QUOTA_PERSON_GB, QUOTA_WORKSPACE_GB }: Quotas) => ({
  own: Math.round(QUOTA_PERSON_GB * gigabyte),
  workspace: Math.round(QUOTA_WORKSPACE_GB * gigabyte),
})

/** Who recorded a video: who wrote the comment that it answers, else the author of the update. */
export const isRecordedBy = ({ id }: Pick<Keeper, 'id'>): SQL => sql`coalesce(${comments.authorId}, ${updates.authorId}) = ${id}`

const bytesOf = (which: SQL = sql`true`) =>
  sql<string>`coalesce(sum(${videos.storedBytes}) filter (where ${which}), 0)`.mapWith(Number)

/** How many bytes this person has sent to this workspace, and everybody, what lies in the trash included. */
export async function storedBytes(db: Db, keeper: Keeper): Promise<{ own: number; workspace: number }> {
  const rows = db
    .select({ own: bytesOf(isRecordedBy(keeper)), workspace: bytesOf() })
    .from(videos)
    .innerJoin(updates, eq(updates.id, videos.updateId))
    .leftJoin(comments, eq(comments.id, videos.commentId))
    .where(eq(updates.workspaceId, keeper.workspace.id))
  return one(await rows)
}

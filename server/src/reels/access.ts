import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { seesChannel } from '@meanwhile/shared/db/sees-update'
import { and, eq, isNull, or, sql } from 'drizzle-orm'
import type { Viewer } from '../session.ts'

const { channels, reels } = schema
export type ReelRow = typeof reels.$inferSelect

/** Whoever sees its place sees a reel, as a condition; what is in it is another matter. */
export const reelVisibleTo = ({ id, workspace }: Viewer) =>
  and(
    eq(reels.workspaceId, workspace.id),
    or(
      isNull(reels.channelId),
      sql`exists (select from ${channels} where ${channels.id} = ${reels.channelId} and ${seesChannel({ userId: id, workspaceId: workspace.id })})`,
    ),
  )

/** Who made it, the owner and admins. */
export const mayChangeReel = ({ authorId }: Pick<ReelRow, 'authorId'>, { id, role }: Viewer): boolean =>
  authorId === id || role !== 'member'

/** @throws {ProblemError} `not-found`, alike for what does not exist and what this viewer may not see */
export async function requireVisibleReel(db: Db, reelId: string, viewer: Viewer): Promise<ReelRow> {
  const [reel] = await db
    .select()
    .from(reels)
    .where(and(eq(reels.id, reelId), reelVisibleTo(viewer)))
  if (!reel) throw new ProblemError('not-found')
  return reel
}

/** @throws {ProblemError} `not-found`, or `forbidden` for those who may watch it only */
export async function requireChangeableReel(db: Db, reelId: string, viewer: Viewer): Promise<ReelRow> {
  const reel = await requireVisibleReel(db, reelId, viewer)
  if (!mayChangeReel(reel, viewer)) throw new ProblemError('forbidden', 'Only who made it, the owner or an admin can change it.')
  return reel
}

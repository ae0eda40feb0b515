import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { eq } from 'drizzle-orm'
import type { Viewer } from '../session.ts'

const { updates } = schema
export type UpdateRow = typeof updates.$inferSelect

/** The one place that decides who sees an update: its workspace once it is published, before that its author. */
export const isVisible = (update: UpdateRow, viewer: Viewer): boolean =>
  update.trashedAt === null &&
  update.workspaceId === viewer.workspace.id &&
  (update.publishedAt !== null || update.authorId === viewer.id)

/** @throws {ProblemError} `not-found`, alike for what does not exist and what this viewer may not see */
export async function requireVisibleUpdate(db: Db, updateId: string, viewer: Viewer): Promise<UpdateRow> {
  const [update] = await db.select().from(updates).where(eq(updates.id, updateId))
  if (!update || !isVisible(update, viewer)) throw new ProblemError('not-found')
  return update
}

/** @throws {ProblemError} `not-found`, or `forbidden` when it is somebody else's */
export async function requireOwnUpdate(db: Db, updateId: string, viewer: Viewer): Promise<UpdateRow> {
  const update = await requireVisibleUpdate(db, updateId, viewer)
  if (update.authorId !== viewer.id) throw new ProblemError('forbidden', 'Only its author can change it.')
  return update
}

/** The author, the owner and admins may delete. @throws {ProblemError} `not-found` or `forbidden` */
export async function requireDeletableUpdate(db: Db, updateId: string, viewer: Viewer): Promise<UpdateRow> {
  const update = await requireVisibleUpdate(db, updateId, viewer)
  if (update.authorId !== viewer.id && viewer.role === 'member')
    throw new ProblemError('forbidden', 'Only its author or an admin can delete it.')
  return update
}

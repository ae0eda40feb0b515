import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, isNotNull, isNull, or } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Reader, Viewer } from '../session.ts'

const { updates } = schema
export type UpdateRow = typeof updates.$inferSelect

/** The one place that decides who sees an update: its workspace once it is published, before that its author; guests of a link to it. */
export const isVisible = (update: UpdateRow, viewer: Reader): boolean =>
  update.trashedAt === null &&
  update.workspaceId === viewer.workspace.id &&
  (update.publishedAt !== null || update.authorId === viewer.id) &&
  (viewer.role !== 'guest' || viewer.link.updateId === update.id)

/** The same as a condition, for lists. @param table an alias of `updates` */
export const visibleTo = (
  viewer: Reader,
  table: Record<'id' | 'trashedAt' | 'workspaceId' | 'publishedAt' | 'authorId', AnyPgColumn> = updates,
) =>
  and(
    isNull(table.trashedAt),
    eq(table.workspaceId, viewer.workspace.id),
    or(isNotNull(table.publishedAt), eq(table.authorId, viewer.id)),
    viewer.role === 'guest' ? eq(table.id, viewer.link.updateId) : undefined,
  )

/** Members always do; guests unless their link keeps the discussion to the workspace. */
export const readsComments = (viewer: Reader): boolean => viewer.role !== 'guest' || viewer.link.comments !== 'off'

/** Who published the update, the owner and admins decide what stands below it. */
export const mayModerate = (update: Pick<UpdateRow, 'authorId'>, viewer: Reader): boolean =>
  update.authorId === viewer.id || viewer.role === 'owner' || viewer.role === 'admin'

/** @throws {ProblemError} `not-found`, alike for what does not exist and what this viewer may not see */
export async function requireVisibleUpdate(db: Db, updateId: string, viewer: Reader): Promise<UpdateRow> {
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
  if (!mayModerate(update, viewer)) throw new ProblemError('forbidden', 'Only its author or an admin can delete it.')
  return update
}

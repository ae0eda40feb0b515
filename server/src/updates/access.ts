import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, isNotNull, isNull, or } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Viewer } from '../session.ts'

const { updates } = schema
export type UpdateRow = typeof updates.$inferSelect

/** The one place that decides who sees an update: its workspace once it is published, before that its author. */
export const isVisible = (update: UpdateRow, viewer: Viewer): boolean =>
  update.trashedAt === null &&
  update.workspaceId === viewer.workspace.id &&
  (update.publishedAt !== null || update.authorId === viewer.id)

/** The same as a condition, for lists. @param table an alias of `updates` */
export const visibleTo = (
  viewer: Pick<Viewer, 'id' | 'workspace'>,
  table: Record<'trashedAt' | 'workspaceId' | 'publishedAt' | 'authorId', AnyPgColumn> = updates,
) =>
  and(
    isNull(table.trashedAt),
    eq(table.workspaceId, viewer.workspace.id),
    or(isNotNull(table.publishedAt), eq(table.authorId, viewer.id)),
  )

/** Who published the update, the owner and admins decide what stands below it. */
export const mayModerate = (update: Pick<UpdateRow, 'authorId'>, viewer: Viewer): boolean =>
  update.authorId === viewer.id || viewer.role !== 'member'

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
  if (!mayModerate(update, viewer)) throw new ProblemError('forbidden', 'Only its author or an admin can delete it.')
  return update
}

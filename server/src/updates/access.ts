import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { seesUpdate, type UpdateColumns } from '@meanwhile/shared/db/sees-update'
import { and, eq } from 'drizzle-orm'
import type { Viewer } from '../session.ts'

const { updates } = schema
export type UpdateRow = typeof updates.$inferSelect

/** Whether a viewer sees an update, as a condition: see `seesUpdate`. @param table an alias of `updates` */
export const visibleTo = ({ id, workspace }: Pick<Viewer, 'id' | 'workspace'>, table: UpdateColumns = updates) =>
  seesUpdate({ userId: id, workspaceId: workspace.id }, table)

/** Who published the update, the owner and admins decide what stands below it. */
export const mayModerate = (update: Pick<UpdateRow, 'authorId'>, viewer: Viewer): boolean =>
  update.authorId === viewer.id || viewer.role !== 'member'

/** @throws {ProblemError} `not-found`, alike for what does not exist and what this viewer may not see */
export async function requireVisibleUpdate(db: Db, updateId: string, viewer: Viewer): Promise<UpdateRow> {
  const [update] = await db
    .select()
    .from(updates)
    .where(and(eq(updates.id, updateId), visibleTo(viewer)))
  if (!update) throw new ProblemError('not-found')
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

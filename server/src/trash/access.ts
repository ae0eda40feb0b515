import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { seesPlaceEvenTrashed } from '@meanwhile/shared/db/sees-update'
import { and, eq, isNotNull, or } from 'drizzle-orm'
import type { Viewer } from '../session.ts'
import type { UpdateRow } from '../updates/access.ts'

const { updates } = schema

/**
 * What is in somebody's trash, as a condition: what they made, wherever it is; for owner and admins also what they would see if it were
 * not there, so that of a private channel which they are not in they learn nothing.
 */
export function isInTrashOf({ id, role, workspace }: Viewer) {
  const own = eq(updates.authorId, id)
  const seen = role === 'member' ? own : or(own, seesPlaceEvenTrashed({ userId: id, workspaceId: workspace.id }))
  return and(isNotNull(updates.trashedAt), eq(updates.workspaceId, workspace.id), seen)
}

/** An update in the viewer's trash, locked until the transaction ends. @throws {ProblemError} `not-found` */
export async function requireTrashedUpdate(tx: Db, updateId: string, viewer: Viewer): Promise<UpdateRow> {
  const [update] = await tx
    .select()
    .from(updates)
    .where(and(eq(updates.id, updateId), isInTrashOf(viewer)))
    .for('update')
  if (!update) throw new ProblemError('not-found')
  return update
}

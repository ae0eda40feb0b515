import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { Viewer } from '../session.ts'

const { members, transfers } = schema
export type TransferRow = typeof transfers.$inferSelect

/** Its time is not over: from then on it counts as gone, whether or not a worker has removed it. */
export const isKept = or(isNull(transfers.expiresAt), gt(transfers.expiresAt, sql`now()`))

/** What an owner asked for is theirs alone: it holds what they see, and the next owner may see less. */
export const isOwn = (owner: Viewer) =>
  and(eq(transfers.workspaceId, owner.workspace.id), eq(transfers.createdById, owner.id), isKept)

/** @throws {ProblemError} `not-found`, alike for what does not exist and what somebody else asked for */
export async function requireOwnTransfer(db: Db, transferId: string, owner: Viewer): Promise<TransferRow> {
  const [transfer] = await db
    .select()
    .from(transfers)
    .where(and(eq(transfers.id, transferId), isOwn(owner)))
  if (!transfer) throw new ProblemError('not-found')
  return transfer
}

/** An export whose signed address is used: it is made and kept, and who asked for it is still the owner. @throws {ProblemError} `not-found` */
export async function requireMadeExport(db: Db, transferId: string): Promise<TransferRow> {
  const isOwner = and(
    eq(members.workspaceId, transfers.workspaceId),
    eq(members.userId, transfers.createdById),
    eq(members.role, 'owner'),
  )
  const [found] = await db
    .select({ transfer: transfers })
    .from(transfers)
    .innerJoin(members, isOwner)
    .where(and(eq(transfers.id, transferId), eq(transfers.kind, 'export'), eq(transfers.state, 'done'), isKept))
  if (!found) throw new ProblemError('not-found')
  return found.transfer
}

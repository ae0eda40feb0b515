import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { Transfer } from '@meanwhile/shared/contract/transfers'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { desc, eq, getTableColumns, sql } from 'drizzle-orm'
import { type By, recordAudit } from '../audit/record-audit.ts'
import type { Viewer } from '../session.ts'
import { isOwn, requireOwnTransfer, type TransferRow } from './access.ts'

const { transferParts, transfers } = schema

/** A transfer as its owner sees it; `urlOf` signs where the file of an export is. Without `partCount` it cannot be tried again. */
export const shownTransfer = (row: TransferRow & { partCount?: number }, urlOf: (transferId: string) => string): Transfer => {
  const { id, kind, state, progress, error, name, sizeBytes, report, createdAt, finishedAt, expiresAt } = row
  const partCount = kind === 'import' && state === 'failed' ? (row.partCount ?? 0) : 0
  const url = kind === 'export' && state === 'done' ? urlOf(id) : null
  return { id, kind, state, progress, error, name, sizeBytes, report, createdAt, finishedAt, expiresAt, url, partCount }
}

/** Those of an owner, newest first. */
export const transfersOf = (db: Db, owner: Viewer): Promise<(TransferRow & { partCount: number })[]> =>
  db
    .select({ ...getTableColumns(transfers), partCount: db.$count(transferParts, eq(transferParts.transferId, transfers.id)) })
    .from(transfers)
    .where(isOwn(owner))
    .orderBy(desc(transfers.createdAt))
    .limit(50)

type NewTransfer = Pick<typeof transfers.$inferInsert, 'kind' | 'state' | 'requestId'>

/** Begins one. @throws {ProblemError} `transfer-unfinished` while another goes on in the workspace */
export const addTransfer = (db: Db, { actor, from }: By & { actor: Viewer }, draft: NewTransfer): Promise<TransferRow> =>
  db.transaction(async (tx) => {
    const [added] = await tx
      .insert(transfers)
      .values({ ...draft, workspaceId: actor.workspace.id, createdById: actor.id })
      .onConflictDoNothing()
      .returning()
    if (!added) throw new ProblemError('transfer-unfinished', 'Wait until the one that goes on is done, or stop it.')
    const { id, name } = actor.workspace
    await recordAudit(tx, { actor, from, action: 'workspace.export-requested', target: { type: 'workspace', id, name } })
    return added
  })

/**
 * Stops one, or ends the time of its file: from now on nobody gets it, and a worker removes it.
 * @throws {ProblemError} `not-found`
 */
export const endTransfer = (db: Db, { actor, from }: By & { actor: Viewer }, transferId: string): Promise<void> =>
  db.transaction(async (tx) => {
    const { kind, state } = await requireOwnTransfer(tx, transferId, actor)
    const isOver = state === 'done' || state === 'failed'
    await tx
      .update(transfers)
      .set({ state: isOver ? state : 'failed', leaseId: null, leaseUntil: null, expiresAt: sql`now()`, updatedAt: sql`now()` })
      .where(eq(transfers.id, transferId))
    const { id, name } = actor.workspace
    const action = `workspace.${kind}-${isOver ? 'removed' : 'stopped'}` as const
    await recordAudit(tx, { actor, from, action, target: { type: 'workspace', id, name } })
  })

/** Puts on record that the file of an export is taken; who has its address is who asked for it. */
export const recordDownload = (db: Db, { workspaceId, createdById }: TransferRow, from: string): Promise<void> =>
  db.transaction(async (tx) => {
    const { users, workspaces } = schema
    const [actor] = await tx
      .select({ id: users.id, name: users.name, workspace: { id: workspaces.id, name: workspaces.name } })
      .from(users)
      .innerJoin(workspaces, eq(workspaces.id, workspaceId))
      .where(eq(users.id, createdById))
    if (!actor) return
    const target = { type: 'workspace', id: actor.workspace.id, name: actor.workspace.name }
    await recordAudit(tx, { actor, from, action: 'workspace.export-downloaded', target })
  })

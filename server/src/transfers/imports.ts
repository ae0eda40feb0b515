import type { StoredFilePart } from '@meanwhile/shared/contract/file-parts'
import type { ImportDraft } from '@meanwhile/shared/contract/imports'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { importKeptDays } from '@meanwhile/shared/contract/transfers'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { keys } from '@meanwhile/shared/platform/keys'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { type By, recordAudit } from '../audit/record-audit.ts'
import type { Viewer } from '../session.ts'
import { missingParts } from '../videos/file-ledger.ts'
import type { Received } from '../videos/receive-file.ts'
import { isOwn, requireOwnTransfer, type TransferRow } from './access.ts'

const { transferParts, transfers, workspaces } = schema
type Deps = { db: Db; storage: Storage }
type PartRow = typeof transferParts.$inferSelect

const forgottenLater = sql`now() + make_interval(days => ${importKeptDays})`
const shown = ({ number, sha256, sizeBytes }: PartRow): StoredFilePart => ({ number, sha256, sizeBytes })

/** An import of this owner. @throws {ProblemError} `not-found`, for an export too */
export async function requireOwnImport(db: Db, transferId: string, owner: Viewer): Promise<TransferRow> {
  const transfer = await requireOwnTransfer(db, transferId, owner)
  if (transfer.kind !== 'import') throw new ProblemError('not-found')
  return transfer
}

/** Begins an upload. @throws {ProblemError} `transfer-unfinished` while another goes on */
export const addImport = (
  db: Db,
  { actor, from }: By & { actor: Viewer },
  { name, sizeBytes }: ImportDraft,
): Promise<TransferRow> =>
  db.transaction(async (tx) => {
    const { id: workspaceId } = actor.workspace
    // One after the other, so that nobody begins two at once.
    const [workspace] = await tx.select().from(workspaces).where(eq(workspaces.id, workspaceId)).for('no key update')
    if (!workspace) throw new ProblemError('not-found')
    const goesOn = and(isOwn(actor), inArray(transfers.state, ['uploading', 'waiting', 'running']))
    if ((await tx.$count(transfers, goesOn)) > 0)
      throw new ProblemError('transfer-unfinished', 'Wait until the one that goes on is done, or stop it.')
    const draft = { kind: 'import', state: 'uploading', name, sizeBytes, expiresAt: forgottenLater } as const
    const added = one(
      await tx
        .insert(transfers)
        .values({ ...draft, workspaceId, createdById: actor.id })
        .returning(),
    )
    const target = { type: 'workspace', id: workspaceId, name: workspace.name }
    await recordAudit(tx, { actor, from, action: 'workspace.import-begun', target })
    return added
  })

/** The parts that have arrived, in order. */
export const importParts = async (db: Db, transferId: string): Promise<StoredFilePart[]> =>
  (await db.select().from(transferParts).where(eq(transferParts.transferId, transferId)).orderBy(asc(transferParts.number))).map(
    shown,
  )

function sameOrConflict(stored: PartRow, sha256: string) {
  if (stored.sha256 !== sha256) throw new ProblemError('part-conflict', `Part ${stored.number} is kept as it arrived first.`)
  return { isNew: false, part: shown(stored) }
}

/**
 * Stores a received part: its row and its object are there before it resolves, or neither is promised.
 * @throws {ProblemError} `part-conflict`, `transfer-unfinished` once the file is complete, `invalid-request` for more than was told
 */
export const storeImportPart = (
  { db, storage }: Deps,
  { id: transferId }: TransferRow,
  number: number,
  { file, sha256, sizeBytes }: Received<unknown>,
): Promise<{ isNew: boolean; part: StoredFilePart }> =>
  db.transaction(async (tx) => {
    const [transfer] = await tx.select().from(transfers).where(eq(transfers.id, transferId)).for('update')
    if (!transfer) throw new ProblemError('not-found')
    const ofIt = eq(transferParts.transferId, transferId)
    const [stored] = await tx
      .select()
      .from(transferParts)
      .where(and(ofIt, eq(transferParts.number, number)))
    if (stored) return sameOrConflict(stored, sha256)
    if (transfer.state !== 'uploading') throw new ProblemError('transfer-unfinished', 'This file is complete.')
    const arrived = sql<string>`coalesce(sum(${transferParts.sizeBytes}), 0)`.mapWith(Number)
    const { sum } = one(await tx.select({ sum: arrived }).from(transferParts).where(ofIt))
    if (sizeBytes === 0) throw new ProblemError('invalid-request', 'The part is empty.')
    if (sum + sizeBytes > (transfer.sizeBytes ?? 0))
      throw new ProblemError(
        'invalid-request',
        `With this part the file has more than the ${transfer.sizeBytes} bytes that were told.`,
      )
    const key = keys.transferPart(transferId, 'upload', number)
    const part = one(await tx.insert(transferParts).values({ transferId, number, key, sha256, sizeBytes }).returning())
    await tx.update(transfers).set({ expiresAt: forgottenLater, updatedAt: sql`now()` }).where(eq(transfers.id, transferId))
    await storage.putFile(key, file)
    return { isNew: true, part: shown(part) }
  })

/**
 * The file is complete: a worker takes it. The same again changes nothing, unless it failed and its file is there still: then it is tried
 * again, behind what it made.
 * @throws {ProblemError} `parts-missing` with the list, `finish-conflict`, `transfer-unfinished` while an export goes on
 */
export const finishImport = (
  db: Db,
  { actor, from }: By & { actor: Viewer },
  transferId: string,
  parts: number,
): Promise<TransferRow> =>
  db.transaction(async (tx) => {
    await tx.select({ id: transfers.id }).from(transfers).where(eq(transfers.id, transferId)).for('update')
    const transfer = await requireOwnImport(tx, transferId, actor)
    if (transfer.state !== 'uploading' && transfer.state !== 'failed') return transfer
    const arrived = await importParts(tx, transferId)
    if (transfer.state === 'failed' && arrived.length === 0) return transfer
    const numbers = arrived.map(({ number }) => number)
    const missing = missingParts(numbers, parts)
    if (missing.length > 0)
      throw new ProblemError('parts-missing', 'Send the missing parts, then finish again.', { missing: { file: missing } })
    const sizeBytes = arrived.reduce((sum, part) => sum + part.sizeBytes, 0)
    if (arrived.length > parts || sizeBytes !== transfer.sizeBytes)
      throw new ProblemError(
        'finish-conflict',
        `${arrived.length} parts with ${sizeBytes} bytes have arrived, not what was told.`,
      )
    const { id: workspaceId, name } = actor.workspace
    // Whoever asks for an export meanwhile waits.
    await tx.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, workspaceId)).for('update')
    const goesOn = and(eq(transfers.workspaceId, workspaceId), inArray(transfers.state, ['waiting', 'running']))
    if ((await tx.$count(transfers, goesOn)) > 0)
      throw new ProblemError('transfer-unfinished', 'Wait until the export that goes on is done, or stop it; the upload is kept.')
    const target = { type: 'workspace', id: workspaceId, name }
    await recordAudit(tx, { actor, from, action: 'workspace.import-requested', target })
    const anew = { attempts: 0, progress: 0, error: null, finishedAt: null }
    const waiting = { ...anew, state: 'waiting', expiresAt: null, updatedAt: sql`now()` } as const
    return one(await tx.update(transfers).set(waiting).where(eq(transfers.id, transferId)).returning())
  })

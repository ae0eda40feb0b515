import { randomUUID } from 'node:crypto'
import { exportKeptDays, type TransferKind, type TransferReport } from '@meanwhile/shared/contract/transfers'
import type { Db } from '@meanwhile/shared/db/client'
import { members } from '@meanwhile/shared/db/schema/people'
import { transferParts, transfers } from '@meanwhile/shared/db/schema/transfers'
import { leaseSeconds, maxAttempts } from '@meanwhile/shared/platform/jobs'
import { and, asc, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import { LeaseLostError, StageFailure } from '../failure.ts'

/** The right of one attempt at an export or an import. `previousLeaseId` is that of an attempt that stopped without a word. */
export type TransferLease = {
  id: string
  kind: TransferKind
  leaseId: string
  attempt: number
  previousLeaseId: string | null
  workspaceId: string
  createdById: string
}

/** A piece of the file that an attempt stored. */
export type StoredPart = { number: number; key: string; sha256: string; sizeBytes: number }

/** What is written down when it is done; `parts` is null where its file is not made by it, `also` goes into the same transaction. */
export type TransferOutcome = {
  report: TransferReport
  parts: StoredPart[] | null
  sizeBytes: number | null
  keptDays: number
  also?: (tx: Db) => Promise<void>
}

const backOffSeconds = (attempts: number) => 5 * 4 ** (attempts - 1)
const inSeconds = (seconds: number) => sql`now() + make_interval(secs => ${seconds})`
/** What failed is told for as long as an export is kept. */
const over = { finishedAt: sql`now()`, expiresAt: sql`now() + make_interval(days => ${exportKeptDays})` }
const changed = { updatedAt: sql`now()` }

/** The guard of every change: one that somebody else took meanwhile, or that was stopped, is not touched. */
const held = ({ id, leaseId }: TransferLease) => and(eq(transfers.id, id), eq(transfers.leaseId, leaseId))

const isFree = and(
  inArray(transfers.state, ['waiting', 'running']),
  or(isNull(transfers.leaseUntil), lte(transfers.leaseUntil, sql`now()`)),
  or(isNull(transfers.expiresAt), gt(transfers.expiresAt, sql`now()`)),
)

const isOwner = async (tx: Db, workspaceId: string, userId: string) => {
  const own = and(eq(members.workspaceId, workspaceId), eq(members.userId, userId), eq(members.role, 'owner'))
  return (await tx.select({ role: members.role }).from(members).where(own)).length === 1
}

const notOwner = 'Who asked for it is not the owner of the workspace any more.'

/** Somebody else may be the owner since it began. @throws {StageFailure} */
export async function requireStillOwner(tx: Db, { workspaceId, createdById }: TransferLease): Promise<void> {
  if (!(await isOwner(tx, workspaceId, createdById))) throw new StageFailure(notOwner, { isFinal: true })
}

/** Why it is not done at all. */
async function refusalOf(tx: Db, { state, attempts, workspaceId, createdById }: typeof transfers.$inferSelect) {
  if (state === 'running' && attempts >= maxAttempts) return `The worker ended ${attempts} times while it worked on this.`
  return (await isOwner(tx, workspaceId, createdById)) ? null : notOwner
}

/** Takes the oldest of some kinds that is to be done, null when there is none. One that cannot be done any more is failed on the way. */
export async function claimTransfer(db: Db, kinds: TransferKind[]): Promise<TransferLease | null> {
  for (;;) {
    const taken = await db.transaction(async (tx) => {
      const [found] = await tx
        .select()
        .from(transfers)
        .where(and(isFree, inArray(transfers.kind, kinds)))
        .orderBy(asc(transfers.createdAt))
        .limit(1)
        .for('update', { skipLocked: true })
      if (!found) return null
      const refusal = await refusalOf(tx, found)
      const { id, kind, workspaceId, createdById } = found
      const lease = { id, kind, workspaceId, createdById, leaseId: randomUUID(), attempt: found.attempts + 1 }
      const running = { leaseId: lease.leaseId, leaseUntil: inSeconds(leaseSeconds), attempts: lease.attempt }
      const values = refusal
        ? ({ state: 'failed', leaseId: null, leaseUntil: null, error: refusal, ...over } as const)
        : ({ state: 'running', ...running } as const)
      await tx
        .update(transfers)
        .set({ ...values, progress: 0, ...changed })
        .where(eq(transfers.id, id))
      return refusal ? 'refused' : { ...lease, previousLeaseId: found.leaseId }
    })
    if (taken !== 'refused') return taken
  }
}

const change = async (db: Db, lease: TransferLease, values: Parameters<ReturnType<Db['update']>['set']>[0]) => {
  const rows = await db
    .update(transfers)
    .set({ ...values, ...changed })
    .where(held(lease))
    .returning({ id: transfers.id })
  return rows.length === 1
}

/** A sign of life. False when it is no longer this attempt's. */
export const extendTransfer = (db: Db, lease: TransferLease): Promise<boolean> =>
  change(db, lease, { leaseUntil: inSeconds(leaseSeconds) })

/** How far it is, 0 to 1. */
export const reportTransfer = (db: Db, lease: TransferLease, progress: number): Promise<boolean> =>
  change(db, lease, { progress: Math.min(1, Math.max(0, progress)) })

/** A step of it is done for good: a worker that ends now does not count among those that got nowhere. */
export const keepTrying = (tx: Db, lease: TransferLease): Promise<boolean> => change(tx, lease, { attempts: 1 })

/** Gives it back at once, as if this attempt had not been: its worker stops. */
export const releaseTransfer = (db: Db, lease: TransferLease): Promise<boolean> =>
  change(db, lease, {
    ...{ state: 'waiting', leaseId: null, leaseUntil: null, progress: 0 },
    attempts: sql`greatest(${transfers.attempts} - 1, 0)`,
  })

/**
 * Writes down why an attempt failed. A final failure, or that of the last attempt which got nowhere, fails it for good. The file of an
 * import stays unless it is to blame: it took long to come.
 */
export const failTransfer = (db: Db, lease: TransferLease, reason: string, isFinal: boolean): Promise<boolean> =>
  db.transaction(async (tx) => {
    const [mine] = await tx.select({ attempts: transfers.attempts }).from(transfers).where(held(lease)).for('update')
    if (!mine) return false
    const isOver = isFinal || mine.attempts >= maxAttempts
    if (isFinal) await tx.delete(transferParts).where(eq(transferParts.transferId, lease.id))
    return change(tx, lease, {
      ...{ state: isOver ? 'failed' : 'waiting', leaseId: null, progress: 0, error: reason },
      leaseUntil: isOver ? null : inSeconds(backOffSeconds(mine.attempts)),
      ...(isOver ? over : {}),
    })
  })

/** Does something in a transaction through which nobody else can take it. @throws {LeaseLostError} when somebody has */
export const holdingTransfer = <T>(db: Db, lease: TransferLease, work: (tx: Db) => Promise<T>): Promise<T> =>
  db.transaction(async (tx) => {
    const [mine] = await tx.select({ id: transfers.id }).from(transfers).where(held(lease)).for('update')
    if (!mine) throw new LeaseLostError()
    return work(tx)
  })

/** Makes it done, with the parts of its file, in the transaction of the caller, who holds it. */
export async function finishTransfer(
  tx: Db,
  lease: TransferLease,
  { report, parts, sizeBytes, keptDays, also }: TransferOutcome,
) {
  if (parts) await tx.delete(transferParts).where(eq(transferParts.transferId, lease.id))
  for (let from = 0; parts && from < parts.length; from += 500)
    await tx.insert(transferParts).values(parts.slice(from, from + 500).map((part) => ({ ...part, transferId: lease.id })))
  await also?.(tx)
  await change(tx, lease, {
    ...{ state: 'done', progress: 1, error: null, leaseId: null, leaseUntil: null, report, finishedAt: sql`now()` },
    ...(sizeBytes === null ? {} : { sizeBytes }),
    expiresAt: sql`now() + make_interval(days => ${keptDays})`,
  })
}

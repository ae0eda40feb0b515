import type { TransferKind } from '@meanwhile/shared/contract/transfers'
import type { Db } from '@meanwhile/shared/db/client'
import { transferParts } from '@meanwhile/shared/db/schema/transfers'
import { keys } from '@meanwhile/shared/platform/keys'
import type { Log } from '@meanwhile/shared/platform/log'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { and, eq, like } from 'drizzle-orm'
import { LeaseLostError, reasonFor, StageFailure } from '../failure.ts'
import { withScratch } from '../scratch.ts'
import {
  claimTransfer,
  extendTransfer,
  failTransfer,
  finishTransfer,
  holdingTransfer,
  releaseTransfer,
  reportTransfer,
  type TransferLease,
  type TransferOutcome,
} from './lease.ts'

const heartbeatMs = 10_000
const progressMs = 1_000

/** What one attempt has to work with. `dir` is its own folder, removed behind it; `onProgress` takes 0 to 1. */
export type TransferWork = {
  lease: TransferLease
  dir: string
  signal: AbortSignal
  db: Db
  storage: Storage
  log: Log
  onProgress: (fraction: number) => void
}

/** One kind of transfer. It may run twice. @throws {StageFailure} with a sentence for the owner */
export type TransferMaker = (work: TransferWork) => Promise<TransferOutcome>
/** One that is not among them is left for a worker that knows it: one of a newer version. */
export type TransferMakers = Partial<Record<TransferKind, TransferMaker>>

export type TransferDeps = { db: Db; storage: Storage; log: Log; makers: TransferMakers }

/** Removes what an attempt stored and did not publish; the database is asked first, whose answer may have got lost. */
async function discard({ db, storage }: TransferDeps, { id }: TransferLease, leaseId: string) {
  const prefix = keys.transfer(id) + leaseId
  const own = and(eq(transferParts.transferId, id), like(transferParts.key, `${prefix}/%`))
  const [published] = await db.select({ number: transferParts.number }).from(transferParts).where(own).limit(1)
  if (!published) await storage.deleteAll(`${prefix}/`)
}

function reporter({ db, log }: TransferDeps, lease: TransferLease) {
  let saidAt = 0
  let isSaying = false
  return (fraction: number) => {
    if (isSaying || Date.now() - saidAt < progressMs) return
    saidAt = Date.now()
    isSaying = true
    reportTransfer(db, lease, fraction)
      .catch((error) => log.warn({ err: error }, 'progress could not be written down'))
      .finally(() => {
        isSaying = false
      })
  }
}

async function attempt(deps: TransferDeps, lease: TransferLease, signal: AbortSignal) {
  const { db, storage, log, makers } = deps
  const make = makers[lease.kind]
  if (!make) throw new LeaseLostError()
  if (lease.previousLeaseId) await discard(deps, lease, lease.previousLeaseId)
  await withScratch(async (dir) => {
    const work = { lease, dir, signal, db, storage, log, onProgress: reporter(deps, lease) }
    const outcome = await make(work)
    await holdingTransfer(db, lease, (tx) => finishTransfer(tx, lease, outcome))
  })
}

async function runOne(deps: TransferDeps, lease: TransferLease, shutdown: AbortSignal) {
  const log = deps.log.child({ transferId: lease.id, kind: lease.kind })
  const own = { ...deps, log }
  const lost = new AbortController()
  const signal = AbortSignal.any([shutdown, lost.signal])
  let isBeating = false
  const heartbeat = setInterval(() => {
    // It waits while its row is held, with a connection of its own: never more than one.
    if (isBeating) return
    isBeating = true
    extendTransfer(deps.db, lease)
      .then(
        (isKept) => isKept || lost.abort(new LeaseLostError()),
        (error) => log.warn({ err: error }, 'the lease could not be extended'),
      )
      .finally(() => {
        isBeating = false
      })
  }, heartbeatMs)
  try {
    await attempt(own, lease, signal)
    log.info('the transfer is done')
  } catch (error) {
    if (signal.aborted || error instanceof LeaseLostError) await releaseTransfer(deps.db, lease)
    else {
      log.error({ err: error, attempt: lease.attempt }, 'the transfer failed')
      const isFinal = error instanceof StageFailure && error.isFinal
      const isWritten = await failTransfer(deps.db, lease, reasonFor(error), isFinal)
      // No other attempt follows that would need the file of an import.
      if (isFinal && isWritten) await deps.storage.deleteAll(keys.transfer(lease.id))
    }
    await discard(own, lease, lease.leaseId)
  } finally {
    clearInterval(heartbeat)
  }
}

/** Does every export that is to be done and that nobody does, one after the other. When `shutdown` aborts, it is given back. */
export async function runTransfers(deps: TransferDeps, shutdown: AbortSignal): Promise<void> {
  while (!shutdown.aborted) {
    const lease = await claimTransfer(deps.db, Object.keys(deps.makers) as TransferKind[])
    if (!lease) return
    await runOne(deps, lease, shutdown)
  }
}

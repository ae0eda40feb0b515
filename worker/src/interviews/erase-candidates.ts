import type { Db } from '@meanwhile/shared/db/client'
import { eraseSaid } from '@meanwhile/shared/db/erase-said'
import { auditEvents } from '@meanwhile/shared/db/schema/audit'
import { candidateInvitations, positions } from '@meanwhile/shared/db/schema/interviews'
import { rememberErasure } from '@meanwhile/shared/platform/erasure-ledger'
import type { Log } from '@meanwhile/shared/platform/log'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { and, asc, eq, sql } from 'drizzle-orm'

/** In one round; the next takes the rest. */
const batch = 50

type Needs = { db: Db; storage: Storage; log: Log; signal?: AbortSignal }

/** Whose position was closed for as many days as candidates were told. */
const isDue = (now: Date) =>
  sql`${positions.closedAt} + make_interval(days => ${positions.deleteAfterDays}) <= ${now.toISOString()}::timestamptz`

/**
 * Erases candidates when the time is over that they were told: rows with all that belongs to them in one transaction, whose trigger writes
 * down the media that has to follow, after the ledger that keeps a restored backup from bringing them back. @returns how many
 */
export async function eraseCandidates({ db, storage, log, signal }: Needs, now: Date): Promise<number> {
  const due = await db
    .select({ id: candidateInvitations.id, positionId: positions.id, workspaceId: positions.workspaceId, title: positions.title })
    .from(candidateInvitations)
    .innerJoin(positions, eq(positions.id, candidateInvitations.positionId))
    .where(isDue(now))
    .orderBy(asc(positions.closedAt), asc(candidateInvitations.id))
    .limit(batch)
  let erased = 0
  for (const { id, positionId, workspaceId, title } of due) {
    if (signal?.aborted) break
    await rememberErasure(storage, id, now)
    await db.transaction(async (tx) => {
      // Opened again meanwhile: then its time has not come.
      const [still] = await tx
        .select({ id: positions.id })
        .from(positions)
        .where(and(eq(positions.id, positionId), isDue(now)))
        .for('share')
      if (!still) return
      const gone = await eraseSaid(tx, id)
      const rows = await tx
        .delete(candidateInvitations)
        .where(eq(candidateInvitations.id, id))
        .returning({ id: candidateInvitations.id })
      if (rows.length === 0) return
      const target = { targetType: 'position', targetId: positionId, targetName: title }
      const details = { candidate: id, videos: gone.length }
      await tx.insert(auditEvents).values({ workspaceId, action: 'candidate.expired', ...target, details })
      erased += 1
    })
  }
  if (erased > 0) log.info({ candidates: erased }, 'the time that candidates were told is over: erased for good')
  return erased
}

import type { Db } from '@meanwhile/shared/db/client'
import { notifications } from '@meanwhile/shared/db/schema/notifications'
import { pairingPeople, pairings } from '@meanwhile/shared/db/schema/pairings'
import { updates } from '@meanwhile/shared/db/schema/updates'
import { settlePairing } from '@meanwhile/shared/db/settle-pairing'
import { and, asc, inArray, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'

/** In one round; the next takes the rest. */
const batch = 100

/** Ends those whose time is over, and those in which nobody is waited for any more who is still here. @returns their ids */
export async function settlePairings(db: Db, now: Date): Promise<string[]> {
  const hasLeft = sql`exists (select from ${pairingPeople} gone where gone.pairing_id = ${pairings.id} and gone.withdrawn_at is null
    and not exists (select from members where members.workspace_id = ${pairings.workspaceId} and members.user_id = gone.user_id))`
  const hasLost = sql`(select count(*) from ${pairingPeople} there where there.pairing_id = ${pairings.id} and there.withdrawn_at is null) < 2`
  // Whoever was waited for alone may be gone with their row.
  const isDone = sql`not exists (select from ${pairingPeople} late where late.pairing_id = ${pairings.id} and late.withdrawn_at is null and late.answered_at is null)`
  const found = await db
    .select({ id: pairings.id })
    .from(pairings)
    .where(and(isNull(pairings.closedAt), or(lte(pairings.endsAt, now), hasLeft, hasLost, isDone)))
    .orderBy(asc(pairings.endsAt), asc(pairings.id))
    .limit(batch)
  for (const { id } of found) await db.transaction((tx) => settlePairing(tx, id, now))
  return found.map(({ id }) => id)
}

/** Deletes what was answered where its time is over: a trigger writes down whose objects have to follow. @returns how many pairings */
export const erasePairings = (db: Db, now: Date): Promise<number> =>
  db.transaction(async (tx) => {
    // Into what is closed nothing is put any more.
    const isDue = and(isNull(pairings.erasedAt), isNotNull(pairings.closedAt), lte(pairings.goneAt, now))
    const found = await tx.select({ id: pairings.id }).from(pairings).where(isDue).orderBy(asc(pairings.goneAt)).limit(batch)
    if (found.length === 0) return 0
    const ids = found.map(({ id }) => id)
    // The answers before their pairing, as whoever publishes one: the other way round the two would wait for each other.
    const said = await tx
      .select({ id: updates.id })
      .from(updates)
      .where(inArray(updates.pairingId, ids))
      .orderBy(asc(updates.id))
      .for('update')
    const gone = await tx
      .update(pairings)
      .set({ erasedAt: now })
      .where(and(isDue, inArray(pairings.id, ids)))
      .returning({ id: pairings.id })
    const own = gone.map(({ id }) => id)
    if (own.length === 0) return 0
    if (said.length > 0) await tx.delete(updates).where(inArray(updates.pairingId, own))
    await tx.delete(notifications).where(inArray(notifications.pairingId, own))
    return own.length
  })

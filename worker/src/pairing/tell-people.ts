import type { Db } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import { notifications } from '@meanwhile/shared/db/schema/notifications'
import { pairingPeople, pairings } from '@meanwhile/shared/db/schema/pairings'
import { users } from '@meanwhile/shared/db/schema/people'
import { nextWork } from '@meanwhile/shared/working-hours/clock'
import { and, asc, eq, inArray, isNull, lte } from 'drizzle-orm'
import { clocks, workCalendarOf } from './pairable.ts'

/** In one transaction. */
const batch = 200

/**
 * Tells whose working time has come that they are paired, once. Who has taken the day off meanwhile is told when they are back.
 * @returns how many
 */
export const tellPeople = (db: Db, now: Date): Promise<number> =>
  db.transaction(async (tx) => {
    const rows = await tx
      .select({ pairingId: pairings.id, workspaceId: pairings.workspaceId, userId: pairingPeople.userId })
      .from(pairingPeople)
      .innerJoin(pairings, eq(pairings.id, pairingPeople.pairingId))
      .where(
        and(
          isNull(pairingPeople.toldAt),
          isNull(pairingPeople.withdrawnAt),
          lte(pairingPeople.opensAt, now),
          isNull(pairings.closedAt),
        ),
      )
      .orderBy(asc(pairingPeople.opensAt), asc(pairingPeople.userId))
      .limit(batch)
      .for('update', { of: pairingPeople, skipLocked: true })
    if (rows.length === 0) return 0
    const ids = rows.map(({ userId }) => userId)
    const calendars = new Map(
      (await clocks(tx).where(inArray(users.id, ids))).map(({ userId, ...clock }) => [userId, workCalendarOf(clock)]),
    )
    const others = await tx
      .select()
      .from(pairingPeople)
      .where(
        and(
          inArray(
            pairingPeople.pairingId,
            rows.map(({ pairingId }) => pairingId),
          ),
          isNull(pairingPeople.withdrawnAt),
        ),
      )
    let told = 0
    for (const { pairingId, workspaceId, userId } of rows) {
      const isThis = and(eq(pairingPeople.pairingId, pairingId), eq(pairingPeople.userId, userId))
      const calendar = calendars.get(userId)
      const opensAt = calendar ? nextWork(calendar, now) : now
      if (!opensAt || opensAt > now) {
        // Who never works again is not told; the end of the fortnight comes first.
        await tx
          .update(pairingPeople)
          .set({ opensAt: opensAt ?? new Date(now.getTime() + 86_400_000) })
          .where(isThis)
        continue
      }
      await tx.update(pairingPeople).set({ toldAt: now }).where(isThis)
      const other = others.find((each) => each.pairingId === pairingId && each.userId !== userId)
      const row = { userId, pairingId, kind: 'pairing' as const, actorId: other?.userId ?? userId, createdAt: now }
      await tx.insert(notifications).values(row).onConflictDoNothing()
      await notify(tx, workspaceId, { type: 'notification' }, { userId })
      told++
    }
    return told
  })

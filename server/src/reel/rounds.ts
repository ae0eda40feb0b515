import { type Db, schema } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { SeenRound } from '../check-ins/access.ts'

const { roundPeople } = schema

/** Who played a round to its end knows what was said in it. Somebody whom it does not name has nothing to catch up with. */
export const markCaughtUp = (db: Db, { round, checkIn }: SeenRound, userId: string) =>
  db.transaction(async (tx) => {
    const marked = await tx
      .update(roundPeople)
      .set({ caughtUpAt: sql`now()` })
      .where(and(eq(roundPeople.roundId, round.id), eq(roundPeople.userId, userId), isNull(roundPeople.caughtUpAt)))
      .returning({ userId: roundPeople.userId })
    if (marked.length > 0) await notify(tx, checkIn.workspaceId, { type: 'channel', channelId: checkIn.channelId })
  })

/** How many of those whom a round names have caught up with it: numbers, never names. */
export async function caughtUpIn(db: Db, roundId: string): Promise<{ total: number; caughtUp: number }> {
  const [row] = await db
    .select({ total: sql<number>`count(*)::int`, caughtUp: sql<number>`count(${roundPeople.caughtUpAt})::int` })
    .from(roundPeople)
    .where(eq(roundPeople.roundId, roundId))
  return row ?? { total: 0, caughtUp: 0 }
}

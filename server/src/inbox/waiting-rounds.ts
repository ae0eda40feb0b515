import type { WaitingRound } from '@meanwhile/shared/contract/waiting-rounds'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, desc, eq, isNull, lte, sql } from 'drizzle-orm'
import { checkInVisibleTo } from '../check-ins/access.ts'
import type { Viewer } from '../session.ts'

const { checkIns, roundPeople, rounds } = schema

/** Nobody takes part in more check-ins at once. */
const most = 100

/** Of each check-in that this viewer takes part in, the latest round that has opened for them, where they have said nothing yet. */
export async function waitingRoundsOf(db: Db, viewer: Viewer, now: Date): Promise<WaitingRound[]> {
  const found = await db
    .selectDistinctOn([rounds.checkInId], {
      id: rounds.id,
      checkInId: rounds.checkInId,
      name: checkIns.name,
      date: rounds.date,
      questions: sql<number>`jsonb_array_length(${rounds.questions})`.as('questions'),
      dueAt: roundPeople.dueAt,
    })
    .from(roundPeople)
    .innerJoin(rounds, eq(rounds.id, roundPeople.roundId))
    .innerJoin(checkIns, eq(checkIns.id, rounds.checkInId))
    .where(
      and(
        eq(roundPeople.userId, viewer.id),
        eq(roundPeople.role, 'participant'),
        eq(roundPeople.state, 'waiting'),
        lte(roundPeople.opensAt, now),
        isNull(checkIns.archivedAt),
        isNull(checkIns.pausedAt),
        checkInVisibleTo(viewer),
        sql`not exists (select from rounds later join round_people mine on mine.round_id = later.id and mine.user_id = ${viewer.id}
          where later.check_in_id = ${rounds.checkInId} and later.date > ${rounds.date} and mine.opens_at <= ${now.toISOString()}::timestamptz)`,
      ),
    )
    .orderBy(rounds.checkInId, desc(rounds.date))
    .limit(most)

  return found.map((round) => ({ ...round, late: round.dueAt < now })).toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
}

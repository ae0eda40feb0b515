import type { Db } from '@meanwhile/shared/db/client'
import { checkIns, roundPeople, rounds } from '@meanwhile/shared/db/schema/check-ins'
import { and, eq, gt, inArray, isNull, lte, or, sql } from 'drizzle-orm'
import { type CheckInRow, type Member, peopleOf, timesFor } from './people-of.ts'

type Row = { person: typeof roundPeople.$inferSelect; date: string; checkIn: CheckInRow }

/** Whom a round waits for and who has not been asked by now, or is about to be reminded. */
const stillToAsk = (db: Db, now: Date): Promise<Row[]> =>
  db
    .select({ person: roundPeople, date: rounds.date, checkIn: checkIns })
    .from(roundPeople)
    .innerJoin(rounds, eq(rounds.id, roundPeople.roundId))
    .innerJoin(checkIns, eq(checkIns.id, rounds.checkInId))
    .where(
      and(
        eq(roundPeople.role, 'participant'),
        eq(roundPeople.state, 'waiting'),
        isNull(roundPeople.remindedAt),
        isNull(rounds.closedAt),
        or(gt(roundPeople.opensAt, now), lte(roundPeople.remindAt, now)),
        gt(roundPeople.dueAt, now),
      ),
    )

const isThis = ({ roundId, userId }: Row['person']) =>
  and(
    eq(roundPeople.roundId, roundId),
    eq(roundPeople.userId, userId),
    eq(roundPeople.state, 'waiting'),
    isNull(roundPeople.remindedAt),
  )

/** @returns whether it is another now */
async function follow(tx: Db, { person, date, checkIn }: Row, member: Member | undefined): Promise<boolean> {
  const times = member?.role === 'participant' ? timesFor(checkIn, member, date) : null
  if (!times) return (await tx.delete(roundPeople).where(isThis(person)).returning()).length > 0
  if (times.opensAt.getTime() === person.opensAt.getTime() && times.dueAt.getTime() === person.dueAt.getTime()) return false
  const { opensAt, dueAt, remindAt } = times
  const set = { opensAt, dueAt, remindAt: person.remindAt && remindAt }
  return (await tx.update(roundPeople).set(set).where(isThis(person)).returning()).length > 0
}

/**
 * Who takes a day off, moves to another zone or leaves before they are asked is asked accordingly, or not at all. What was open for them
 * before stays as it was.
 */
export async function followCalendars(db: Db, now: Date): Promise<void> {
  const rows = await stillToAsk(db, now)
  if (rows.length === 0) return
  const people = await peopleOf(db, [...new Set(rows.map(({ checkIn }) => checkIn.id))])
  await db.transaction(async (tx) => {
    const changed = new Set<string>()
    for (const row of rows) {
      const member = people.find(({ checkInId, userId }) => checkInId === row.checkIn.id && userId === row.person.userId)
      if (await follow(tx, row, member)) changed.add(row.person.roundId)
    }
    if (changed.size === 0) return
    const last = sql`coalesce((select max(due_at) from round_people where round_id = ${rounds.id} and role = 'participant'), ${rounds.dueAt})`
    await tx
      .update(rounds)
      .set({ dueAt: last })
      .where(inArray(rounds.id, [...changed]))
  })
}

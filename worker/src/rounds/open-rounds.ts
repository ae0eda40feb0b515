import { type Db, one } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import { channels } from '@meanwhile/shared/db/schema/channels'
import { checkIns, roundPeople, rounds } from '@meanwhile/shared/db/schema/check-ins'
import { and, eq, isNull } from 'drizzle-orm'
import { type CheckInRow, type Member, peopleOf } from './people-of.ts'
import { type PlannedRound, planRounds } from './plan-rounds.ts'

const isActive = and(isNull(checkIns.pausedAt), isNull(checkIns.archivedAt), isNull(channels.archivedAt))

/** Those that go on, apart from those in an archived channel. */
const activeCheckIns = async (db: Db): Promise<CheckInRow[]> =>
  (
    await db.select({ checkIn: checkIns }).from(checkIns).leftJoin(channels, eq(channels.id, checkIns.channelId)).where(isActive)
  ).map(({ checkIn }) => checkIn)

/** A row for the round and each of its people; nothing when another worker was first. @returns its id */
async function openRound(tx: Db, checkIn: CheckInRow, plan: PlannedRound, people: Member[], now: Date) {
  const { date, opensAt, dueAt, asked } = plan
  const values = { checkInId: checkIn.id, date, opensAt, dueAt, questions: checkIn.questions, openedAt: now }
  const [round] = await tx.insert(rounds).values(values).onConflictDoNothing().returning({ id: rounds.id })
  if (!round) return []
  const observers = people.filter(({ role }) => role === 'observer')
  await tx.insert(roundPeople).values([
    ...asked.map(({ remindAt, ...each }) => ({
      ...each,
      roundId: round.id,
      role: 'participant' as const,
      remindAt: checkIn.reminds ? remindAt : null,
    })),
    ...observers.map(({ userId }) => ({ roundId: round.id, userId, role: 'observer' as const, opensAt, dueAt })),
  ])
  return [round.id]
}

/** Decided anew behind a lock: it may have been changed, and other workers do the same. */
const openDue = (db: Db, checkInId: string, now: Date): Promise<string[]> =>
  db.transaction(async (tx) => {
    const [checkIn] = await tx.select().from(checkIns).where(eq(checkIns.id, checkInId)).for('update', { skipLocked: true })
    if (!checkIn || checkIn.pausedAt || checkIn.archivedAt) return []
    const people = await peopleOf(tx, [checkInId])
    const { toOpen, settledThrough } = planRounds(checkIn, people, now)
    const opened: string[] = []
    for (const plan of toOpen) opened.push(...(await openRound(tx, checkIn, plan, people, now)))
    one(await tx.update(checkIns).set({ settledThrough }).where(eq(checkIns.id, checkInId)).returning({ id: checkIns.id }))
    if (opened.length > 0) await notify(tx, checkIn.workspaceId, { type: 'channel', channelId: checkIn.channelId })
    return opened
  })

/** Opens every round whose first person's time has come, those that were missed included. @returns their ids */
export async function openRounds(db: Db, now: Date): Promise<string[]> {
  const active = await activeCheckIns(db)
  if (active.length === 0) return []
  const ids = active.map(({ id }) => id)
  const people = new Map<string, Member[]>(ids.map((id) => [id, []]))
  for (const person of await peopleOf(db, ids)) people.get(person.checkInId)?.push(person)
  const opened: string[] = []
  const failures: unknown[] = []
  for (const checkIn of active) {
    const { toOpen, settledThrough } = planRounds(checkIn, people.get(checkIn.id) ?? [], now)
    if (toOpen.length > 0 || settledThrough !== checkIn.settledThrough)
      await openDue(db, checkIn.id, now).then(
        (ids) => opened.push(...ids),
        (error) => failures.push(error),
      )
  }
  // The others are open: one that cannot be is said at the end.
  if (failures.length > 0) throw failures[0]
  return opened
}

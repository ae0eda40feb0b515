import type { Db } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import { checkIns, roundPeople, rounds } from '@meanwhile/shared/db/schema/check-ins'
import { notifications } from '@meanwhile/shared/db/schema/notifications'
import type { MailSite } from '@meanwhile/shared/platform/mail-site'
import { and, eq, gt, inArray, isNull, lte, sql } from 'drizzle-orm'
import { followCalendars } from './follow-calendars.ts'
import { openRounds } from './open-rounds.ts'
import { mailReminder } from './reminder-mail.ts'
import { summarizeRound } from './round-summary.ts'

/** Nobody reads what became of a round long after it: a machine that was off says nothing of what it missed. */
const summedUpForMs = 86_400_000

const isGoingOn = and(isNull(checkIns.pausedAt), isNull(checkIns.archivedAt))

const placeOf = { id: rounds.id, workspaceId: checkIns.workspaceId, channelId: checkIns.channelId }

/** Ends the rounds that nobody has time for any more; late answers are taken all the same. @returns their ids */
const closeRounds = (db: Db, site: MailSite | null, now: Date): Promise<string[]> =>
  db.transaction(async (tx) => {
    const closed = await tx
      .update(rounds)
      .set({ closedAt: now })
      .from(checkIns)
      .where(and(eq(checkIns.id, rounds.checkInId), isNull(rounds.closedAt), lte(rounds.dueAt, now)))
      .returning({ ...placeOf, dueAt: rounds.dueAt, openedAt: rounds.openedAt, isGoingOn: sql<boolean>`${isGoingOn}` })
    for (const { id, workspaceId, channelId, ...round } of closed) {
      await notify(tx, workspaceId, { type: 'channel', channelId })
      const isFresh = round.openedAt < round.dueAt && now.getTime() - round.dueAt.getTime() < summedUpForMs
      if (site && round.isGoingOn && isFresh) await summarizeRound(tx, site, id, now)
    }
    return closed.map(({ id }) => id)
  })

/** Reminds who is waited for, each of them once a round. A reminder that comes after it was due helps nobody. @returns how many */
const remind = (db: Db, site: MailSite | null, now: Date): Promise<number> =>
  db.transaction(async (tx) => {
    const isDue = and(
      eq(roundPeople.state, 'waiting'),
      isNull(roundPeople.remindedAt),
      lte(roundPeople.remindAt, now),
      gt(roundPeople.dueAt, now),
      inArray(
        roundPeople.roundId,
        tx.select({ id: rounds.id }).from(rounds).innerJoin(checkIns, eq(checkIns.id, rounds.checkInId)).where(isGoingOn),
      ),
    )
    const reminded = await tx
      .update(roundPeople)
      .set({ remindedAt: now })
      .where(isDue)
      .returning({ roundId: roundPeople.roundId, userId: roundPeople.userId })
    if (reminded.length === 0) return 0
    const places = await tx
      .select({ ...placeOf, createdById: checkIns.createdById })
      .from(rounds)
      .innerJoin(checkIns, eq(checkIns.id, rounds.checkInId))
      .where(inArray(rounds.id, [...new Set(reminded.map(({ roundId }) => roundId))]))
    for (const { roundId, userId } of reminded) {
      const place = places.find(({ id }) => id === roundId)
      if (!place) continue
      // Of a check-in whose maker is gone nobody asks: it stands there by itself.
      const row = { userId, roundId, kind: 'check-in' as const, actorId: place.createdById ?? userId, createdAt: now }
      await tx.insert(notifications).values(row).onConflictDoNothing()
      await notify(tx, place.workspaceId, { type: 'notification' }, { userId })
      if (site) await mailReminder(tx, site, { roundId, userId })
    }
    return reminded.length
  })

export type Kept = { opened: string[]; closed: string[]; reminded: number }

/**
 * Brings all rounds to where they should be at a moment. What was done is in the database, and everything is guarded by what is there: it
 * may run at once in several workers, be killed anywhere, and come late.
 * @param site what mails and posts say of where they come from; without it there are none
 */
export async function keepRounds(db: Db, now: Date, site: MailSite | null = null): Promise<Kept> {
  const kept: Kept = { opened: [], closed: [], reminded: 0 }
  const steps = [
    async () => {
      kept.opened = await openRounds(db, now)
    },
    () => followCalendars(db, now),
    async () => {
      kept.reminded = await remind(db, site, now)
    },
    async () => {
      kept.closed = await closeRounds(db, site, now)
    },
  ]
  const failures: unknown[] = []
  // What goes wrong with one of them must not keep the others from being done.
  for (const step of steps) await step().catch((error) => failures.push(error))
  if (failures.length > 0) throw failures[0]
  return kept
}

import { and, eq, isNull, ne, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { notify } from './notify.ts'
import { answers, checkIns, roundPeople, rounds } from './schema/check-ins.ts'
import { settlePairingOf } from './settle-pairing.ts'

/** When the first answer of a person was begun: who recorded in time is not late because of a slow line. */
const answeredSince = sql`(select min(updates.created_at) from answers join updates on updates.id = answers.update_id
  where answers.round_id = ${roundPeople.roundId} and answers.user_id = ${roundPeople.userId}
    and updates.published_at is not null and updates.trashed_at is null)`

/**
 * Brings what a round says of a person to what they have answered. What is taken back while the round is open was not answered; what goes
 * later, as by a rule, was. The pages that show it hear of it.
 */
export async function settlePerson(tx: Db, { roundId, userId }: { roundId: string; userId: string }): Promise<void> {
  const since = sql`coalesce(${answeredSince}, case when ${roundPeople.numbers} <> '{}' then now() end)`
  const isThis = and(eq(roundPeople.roundId, roundId), eq(roundPeople.userId, userId), eq(roundPeople.role, 'participant'))
  const answered = { state: 'answered' as const, answeredAt: since }
  await tx
    .update(roundPeople)
    .set(answered)
    .where(and(isThis, ne(roundPeople.state, 'answered'), sql`${since} is not null`))
  await tx
    .update(roundPeople)
    .set({ state: 'waiting', answeredAt: null })
    .where(
      and(
        isThis,
        eq(roundPeople.state, 'answered'),
        sql`${since} is null`,
        sql`exists (select from rounds where rounds.id = ${roundPeople.roundId} and rounds.closed_at is null)`,
      ),
    )
  const [place] = await tx
    .select({ workspaceId: checkIns.workspaceId, channelId: checkIns.channelId })
    .from(rounds)
    .innerJoin(checkIns, eq(checkIns.id, rounds.checkInId))
    .where(eq(rounds.id, roundId))
  if (!place) return
  await notify(tx, place.workspaceId, { type: 'channel', channelId: place.channelId })
  await notify(tx, place.workspaceId, { type: 'notification' }, { userId })
}

/** The same after something has become of an update, where that answers a round or a pairing. */
export async function settleAnswer(tx: Db, updateId: string): Promise<void> {
  const [answer] = await tx.select().from(answers).where(eq(answers.updateId, updateId))
  if (answer) await settlePerson(tx, answer)
  await settlePairingOf(tx, updateId)
}

/** Keeps what an answer said before it is changed; nothing for an update that answers no round. */
export async function keepAnswerVersion(tx: Db, updateId: string): Promise<void> {
  await tx.execute(sql`insert into answer_versions (update_id, title, body, written_at)
    select updates.id, updates.title, updates.body, coalesce(updates.edited_at, updates.created_at) from updates join answers on answers.update_id = updates.id
    where updates.id = ${updateId} and updates.published_at is not null`)
}

/** Of rounds that are open, who is asked and has said nothing: for whoever reminds by mail or elsewhere. */
export const isWaiting = and(eq(roundPeople.role, 'participant'), eq(roundPeople.state, 'waiting'), isNull(rounds.closedAt))

import type { Db } from '@meanwhile/shared/db/client'
import { postRoundSummary } from '@meanwhile/shared/db/post-summary'
import { checkIns, roundPeople, rounds } from '@meanwhile/shared/db/schema/check-ins'
import { users } from '@meanwhile/shared/db/schema/people'
import type { MailSite } from '@meanwhile/shared/platform/mail-site'
import { and, asc, eq } from 'drizzle-orm'

const dayOf = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' })

/** Has what became of a round, and where it plays as a reel, posted to the rooms of its channel, in the transaction that closes it. */
export async function summarizeRound(tx: Db, site: MailSite, roundId: string, now: Date): Promise<void> {
  const [round] = await tx
    .select({ date: rounds.date, name: checkIns.name, channelId: checkIns.channelId })
    .from(rounds)
    .innerJoin(checkIns, eq(checkIns.id, rounds.checkInId))
    .where(eq(rounds.id, roundId))
  if (!round?.channelId) return
  const people = await tx
    .select({ name: users.name, state: roundPeople.state, isBlocked: roundPeople.isBlocked })
    .from(roundPeople)
    .innerJoin(users, eq(users.id, roundPeople.userId))
    .where(and(eq(roundPeople.roundId, roundId), eq(roundPeople.role, 'participant')))
    .orderBy(asc(users.name))
  const named = (which: (person: (typeof people)[number]) => boolean) => people.filter(which).map(({ name }) => name)
  const answered = named(({ state }) => state === 'answered' || state === 'nothing')
  const blocked = named(({ isBlocked }) => isBlocked)
  const summary = {
    title: `${round.name}, ${dayOf.format(new Date(`${round.date}T12:00:00Z`))}: ${answered.length} of ${people.length} answered`,
    lines: [
      ...(blocked.length > 0 ? [`Blocked: ${blocked.join(', ')}`] : []),
      ...(answered.length > 0 ? [`Answered: ${answered.join(', ')}`] : []),
    ],
    link: { label: 'Catch up', url: `${site.publicUrl}/reel?from=round&round=${roundId}` },
  }
  await postRoundSummary(tx, { channelId: round.channelId, roundId, summary, now })
}

import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, gt, inArray, sql } from 'drizzle-orm'

const { candidateInvitations, mails, positions } = schema

/** Strangers must not be written to at will, by whoever makes a workspace. */
const aDay = 1_000
const anHourEach = 3

/**
 * Locks the workspace, so that those who invite at once are counted one after the other.
 * @throws {ProblemError} `too-many-requests` where a workspace, or all of them to one address, would send too many links by mail
 */
export async function requireFewLetters(tx: Db, workspaceId: string, addresses: string[]): Promise<void> {
  await tx.execute(sql`select 1 from workspaces where id = ${workspaceId} for no key update`)
  const isLink = eq(mails.kind, 'candidate-invitation')
  const [today] = await tx
    .select({ sent: sql<number>`count(*)::int` })
    .from(mails)
    .innerJoin(candidateInvitations, eq(candidateInvitations.id, mails.candidateId))
    .innerJoin(positions, eq(positions.id, candidateInvitations.positionId))
    .where(and(isLink, eq(positions.workspaceId, workspaceId), gt(mails.createdAt, sql`now() - interval '1 day'`)))
  if ((today?.sent ?? 0) + addresses.length > aDay)
    throw new ProblemError(
      'too-many-requests',
      `A workspace sends ${aDay} candidates a day their link by mail. Links that you hand out yourself have no limit.`,
    )
  const lately = await tx
    .select({ to: mails.recipient })
    .from(mails)
    .where(and(isLink, inArray(mails.recipient, addresses), gt(mails.createdAt, sql`now() - interval '1 hour'`)))
    .groupBy(mails.recipient)
    .having(sql`count(*) >= ${anHourEach}`)
  const [{ to } = { to: null }] = lately
  if (to) throw new ProblemError('too-many-requests', `${to} was sent links just now. Wait an hour, or copy a link for them.`)
}

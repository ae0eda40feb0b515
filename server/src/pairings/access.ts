import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Viewer } from '../session.ts'

const { pairingPeople, pairings, updates } = schema
export type PairingRow = typeof pairings.$inferSelect
export type PairingPerson = typeof pairingPeople.$inferSelect

/** The one rule who sees a pairing: who is in it and was told, until its answers are gone. Nobody else, whatever their role. */
export const pairingVisibleTo = ({ id, workspace }: Viewer) =>
  and(
    eq(pairings.workspaceId, workspace.id),
    eq(pairingPeople.userId, id),
    isNotNull(pairingPeople.toldAt),
    isNull(pairingPeople.withdrawnAt),
    isNull(pairings.erasedAt),
  )

/** @throws {ProblemError} `not-found`, alike for what does not exist and what this viewer may not see */
export async function requireVisiblePairing(
  db: Db,
  pairingId: string,
  viewer: Viewer,
): Promise<{ pairing: PairingRow; mine: PairingPerson }> {
  const [found] = await db
    .select({ pairing: pairings, mine: pairingPeople })
    .from(pairings)
    .innerJoin(pairingPeople, eq(pairingPeople.pairingId, pairings.id))
    .where(and(eq(pairings.id, pairingId), pairingVisibleTo(viewer)))
  if (!found) throw new ProblemError('not-found')
  return found
}

type Wanted = {
  pairingId: string
  roundId?: string | undefined
  channelId?: string | null | undefined
  live?: boolean | undefined
}

const refuse = (field: string, message: string) =>
  new ProblemError('invalid-request', undefined, { errors: [{ field, message }] })

/**
 * A pairing that waits for this author, locked until the transaction ends.
 * @throws {ProblemError} `not-found`, `pairing-over`, `pairing-answered`; `invalid-request` for what is of a round, in a channel or live
 */
export async function requireAnswerablePairing(
  tx: Db,
  { pairingId, roundId, channelId, live }: Wanted,
  author: Viewer,
): Promise<PairingRow> {
  if (roundId) throw refuse('roundId', 'is of a check-in: name one of the two')
  if (channelId) throw refuse('channelId', 'must be left out: it is posted in no channel')
  if (live) throw refuse('live', 'must be left out: nobody watches before all have answered')
  await requireVisiblePairing(tx, pairingId, author)
  const [pairing] = await tx.select().from(pairings).where(eq(pairings.id, pairingId)).for('no key update')
  const { mine } = await requireVisiblePairing(tx, pairingId, author)
  if (mine.answeredAt) throw new ProblemError('pairing-answered')
  if (!pairing || pairing.closedAt || pairing.endsAt <= new Date()) throw new ProblemError('pairing-over')
  const said = and(
    eq(updates.pairingId, pairingId),
    eq(updates.authorId, author.id),
    isNull(updates.trashedAt),
    isNotNull(updates.publishedAt),
  )
  if ((await tx.$count(updates, said)) > 0) throw new ProblemError('pairing-answered')
  return pairing
}

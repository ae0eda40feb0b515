import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { pairingKeptMs } from '../pairing/fortnight.ts'
import type { Db } from './client.ts'
import { notify } from './notify.ts'
import { notifications } from './schema/notifications.ts'
import { pairingPeople, pairings } from './schema/pairings.ts'
import { updates } from './schema/updates.ts'

type Pairing = typeof pairings.$inferSelect

/** Who left the workspace is not waited for; what the others have answered is written beside their names. @returns those who are in it */
async function countAnswers(tx: Db, { id, workspaceId }: Pairing, now: Date) {
  const isHere = eq(pairingPeople.pairingId, id)
  const isMember = sql`exists (select from members where members.workspace_id = ${workspaceId} and members.user_id = ${pairingPeople.userId})`
  await tx
    .update(pairingPeople)
    .set({ withdrawnAt: now })
    .where(and(isHere, isNull(pairingPeople.withdrawnAt), sql`not ${isMember}`))
  const said = sql`(select min(said.published_at) from updates said where said.pairing_id = ${pairingPeople.pairingId}
    and said.author_id = ${pairingPeople.userId} and said.published_at is not null and said.trashed_at is null)`
  await tx.update(pairingPeople).set({ answeredAt: said }).where(isHere)
  return tx
    .select()
    .from(pairingPeople)
    .where(and(isHere, isNull(pairingPeople.withdrawnAt)))
}

/** Who has answered sees what the others have from now on, and is told so. */
async function reveal(tx: Db, { id, workspaceId }: Pairing, answered: { userId: string }[], now: Date) {
  const goneAt = new Date(now.getTime() + pairingKeptMs)
  await tx
    .update(pairings)
    .set({ revealedAt: now, closedAt: sql`coalesce(${pairings.closedAt}, ${now.toISOString()}::timestamptz)`, goneAt })
    .where(eq(pairings.id, id))
  const rows = answered.map(({ userId }) => ({
    userId,
    pairingId: id,
    kind: 'pairing-shown' as const,
    actorId: answered.find((other) => other.userId !== userId)?.userId ?? userId,
    createdAt: now,
  }))
  await tx.insert(notifications).values(rows).onConflictDoNothing()
  const said = and(eq(updates.pairingId, id), isNotNull(updates.publishedAt), isNull(updates.trashedAt))
  for (const { id: updateId } of await tx.select({ id: updates.id }).from(updates).where(said))
    await notify(tx, workspaceId, { type: 'update', updateId })
}

/**
 * Brings a pairing to where its answers are: shown to its people once all of them have answered, or, when nobody is waited for any more,
 * two of them. With nobody to wait for it is over. One after the other: whoever comes second sees what the first has said. What refers to
 * the row of a pairing does not wait for this, so that nobody who holds a row of its people waits for whoever waits for that.
 */
export async function settlePairing(tx: Db, pairingId: string, now: Date): Promise<void> {
  const [pairing] = await tx.select().from(pairings).where(eq(pairings.id, pairingId)).for('no key update')
  if (!pairing) return
  const people = await countAnswers(tx, pairing, now)
  const answered = people.filter(({ answeredAt }) => answeredAt)
  const isOver = pairing.closedAt !== null || pairing.endsAt <= now || people.length < 2
  if (!pairing.revealedAt && answered.length > 1 && (isOver || answered.length === people.length))
    await reveal(tx, pairing, answered, now)
  else if (!pairing.closedAt && isOver) await tx.update(pairings).set({ closedAt: now }).where(eq(pairings.id, pairingId))
  const all = await tx.select({ userId: pairingPeople.userId }).from(pairingPeople).where(eq(pairingPeople.pairingId, pairingId))
  for (const { userId } of all) await notify(tx, pairing.workspaceId, { type: 'notification' }, { userId })
}

/** The same after something has become of an update, where that answers a pairing. */
export async function settlePairingOf(tx: Db, updateId: string, now = new Date()): Promise<void> {
  const [update] = await tx.select({ pairingId: updates.pairingId }).from(updates).where(eq(updates.id, updateId))
  if (update?.pairingId) await settlePairing(tx, update.pairingId, now)
}

/** Takes somebody out of what still waits for answers: all of it, or one. The others are not left waiting. @returns of how many */
export async function withdrawFromPairings(tx: Db, userId: string, now: Date, pairingId?: string): Promise<number> {
  const isIn = and(eq(pairingPeople.userId, userId), isNull(pairingPeople.withdrawnAt))
  const mine = tx.select({ id: pairingPeople.pairingId }).from(pairingPeople).where(isIn)
  // The pairing before its people, as whoever settles it: the other way round the two would wait for each other.
  const open = await tx
    .select({ id: pairings.id })
    .from(pairings)
    .where(and(isNull(pairings.closedAt), pairingId ? eq(pairings.id, pairingId) : undefined, inArray(pairings.id, mine)))
    .orderBy(asc(pairings.id))
    .for('no key update')
  if (open.length === 0) return 0
  const ids = open.map(({ id }) => id)
  const left = await tx
    .update(pairingPeople)
    .set({ withdrawnAt: now })
    .where(and(isIn, inArray(pairingPeople.pairingId, ids)))
    .returning({ pairingId: pairingPeople.pairingId })
  for (const id of ids) await settlePairing(tx, id, now)
  return left.length
}

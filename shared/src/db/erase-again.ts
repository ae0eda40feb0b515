import { and, asc, eq, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import type { Db } from './client.ts'
import { deletedPerson } from './deleted-person.ts'
import { erasePerson } from './erase-person.ts'
import { erasures } from './schema/erasures.ts'
import { candidateInvitations } from './schema/interviews.ts'
import { members, users } from './schema/people.ts'

/** A workspace of theirs that others are in too goes on with the admin, else the member, who is in it for longest. */
async function handOver(tx: Db, userId: string): Promise<void> {
  const owned = await tx
    .select({ workspaceId: members.workspaceId })
    .from(members)
    .where(and(eq(members.userId, userId), eq(members.role, 'owner')))
  for (const { workspaceId } of owned) {
    const [next] = await tx
      .select({ userId: members.userId })
      .from(members)
      .where(and(eq(members.workspaceId, workspaceId), ne(members.userId, userId)))
      .orderBy(sql`${members.role} = 'admin' desc`, asc(members.joinedAt))
      .limit(1)
    if (!next) continue
    for (const [id, role] of [
      [userId, 'member'],
      [next.userId, 'owner'],
    ] as const)
      await tx
        .update(members)
        .set({ role })
        .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, id)))
  }
}

/** Those whose erasure has begun and is not done. */
export const beingErased = async (db: Db): Promise<string[]> =>
  (
    await db
      .select({ userId: erasures.userId })
      .from(erasures)
      .where(and(isNull(erasures.finishedAt), isNotNull(erasures.userId)))
  ).flatMap(({ userId }) => userId ?? [])

/**
 * Erases people whom a restored database has brought back, as they were erased the first time: the worker does the rest once it runs.
 * @returns how many came back
 */
export async function eraseAgain(db: Db, userIds: string[]): Promise<number> {
  const underWay = new Set([...(await beingErased(db)), deletedPerson.id])
  let count = 0
  for (let from = 0; from < userIds.length; from += 500) {
    const ids = userIds.slice(from, from + 500)
    // Candidates go with what they were invited to, which has their name.
    const candidates = await db
      .delete(candidateInvitations)
      .where(inArray(candidateInvitations.id, ids))
      .returning({ id: candidateInvitations.id })
    count += candidates.length
    const found = await db
      .select({ id: users.id, name: users.name, email: users.email })
      .from(users)
      .where(inArray(users.id, ids))
    for (const person of found.filter(({ id }) => !underWay.has(id))) {
      await db.transaction(async (tx) => {
        await handOver(tx, person.id)
        await erasePerson(tx, person, null)
      })
      count++
    }
  }
  return count
}

import type { Db } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import { isDue, isNearlyDue } from '@meanwhile/shared/db/retention'
import { notifications } from '@meanwhile/shared/db/schema/notifications'
import { users } from '@meanwhile/shared/db/schema/people'
import { updates } from '@meanwhile/shared/db/schema/updates'
import { tellWebhooksOf } from '@meanwhile/shared/db/tell-webhooks'
import { and, inArray, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { recordUpdates } from './purge.ts'

/** In one transaction. */
const batch = 100

const take = (tx: Db, which: SQL | undefined) =>
  tx
    .select({ id: updates.id, workspaceId: updates.workspaceId, authorId: updates.authorId })
    .from(updates)
    .where(which)
    .orderBy(updates.publishedAt)
    .limit(batch)
    .for('update', { skipLocked: true })

/** A rule was changed, or somebody wants to keep it: should its last days come again, its author is told again. */
export async function takeWarningsBack(db: Db): Promise<void> {
  const isOver = sql`not coalesce(${isNearlyDue}, false)`
  await db
    .update(updates)
    .set({ warnedAt: null })
    .where(and(isNotNull(updates.warnedAt), isNull(updates.trashedAt), isOver))
}

/** Tells authors what will go to the trash. @returns how many updates */
export const warnAuthors = (db: Db): Promise<number> =>
  db.transaction(async (tx) => {
    const found = await take(tx, and(isNearlyDue, isNull(updates.warnedAt)))
    if (found.length === 0) return 0
    const ids = found.map(({ id }) => id)
    await tx.update(updates).set({ warnedAt: sql`now()` }).where(inArray(updates.id, ids))
    // Nobody reads what is told to somebody who is only a name.
    const names = tx.select({ id: users.id }).from(users).where(isNotNull(users.importedTo))
    const nobodys = new Set(
      (
        await tx
          .select({ id: updates.id })
          .from(updates)
          .where(and(inArray(updates.id, ids), inArray(updates.authorId, names)))
      ).map(({ id }) => id),
    )
    const people = found.filter(({ id }) => !nobodys.has(id))
    const told = people.map(({ id, authorId }) => ({
      userId: authorId,
      actorId: authorId,
      updateId: id,
      kind: 'expiring' as const,
    }))
    if (told.length > 0) await tx.insert(notifications).values(told)
    for (const { workspaceId, authorId } of people) await notify(tx, workspaceId, { type: 'notification' }, { userId: authorId })
    for (const { workspaceId, id } of found) await notify(tx, workspaceId, { type: 'update', updateId: id })
    return found.length
  })

/** Moves to the trash what has reached its age, and whose author was told a week before. @returns how many updates */
export const trashExpired = (db: Db): Promise<number> =>
  db.transaction(async (tx) => {
    const found = await take(tx, isDue)
    if (found.length === 0) return 0
    const ids = found.map(({ id }) => id)
    await tx.update(updates).set({ trashedAt: sql`now()`, trashedById: null }).where(inArray(updates.id, ids))
    await recordUpdates(tx, ids, 'update.expired')
    for (const { workspaceId, id } of found) {
      await notify(tx, workspaceId, { type: 'update', updateId: id })
      await tellWebhooksOf(tx, id, 'update.deleted')
    }
    return found.length
  })

/** One round of the rules how long updates are kept. Several workers may do it at once. */
export async function applyRetention(db: Db): Promise<void> {
  await takeWarningsBack(db)
  while ((await warnAuthors(db)) === batch);
  while ((await trashExpired(db)) === batch);
}

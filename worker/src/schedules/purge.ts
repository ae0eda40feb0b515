import type { Db } from '@meanwhile/shared/db/client'
import { auditEvents } from '@meanwhile/shared/db/schema/audit'
import { channels } from '@meanwhile/shared/db/schema/channels'
import { videoRemains } from '@meanwhile/shared/db/schema/life'
import { updates } from '@meanwhile/shared/db/schema/updates'
import { keys } from '@meanwhile/shared/platform/keys'
import type { Log } from '@meanwhile/shared/platform/log'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { eq, inArray, isNull, or, sql } from 'drizzle-orm'

type Deps = { db: Db; storage: Storage; log: Log; signal?: AbortSignal }

/** In one transaction, and in one round. */
const batch = 20
/** An upload or a stage that was under way may store something this long behind the rows. */
const lateMinutes = 10

/** What names an update in the audit log; of a private channel or a pairing it tells nothing. */
export const auditName = sql<
  string | null
>`case when ${channels.isPrivate} or ${updates.isApart} then null else ${updates.title} end`

/** What rules and terms do is on record as what nobody did. */
const auditRow = (action: string) => (row: { id: string; workspaceId: string; name: string | null }) => ({
  workspaceId: row.workspaceId,
  action,
  targetType: 'update',
  targetId: row.id,
  targetName: row.name,
})

/** Writes down what became of published updates without anybody's doing. */
export async function recordUpdates(tx: Db, ids: string[], action: string): Promise<void> {
  const rows = await tx
    .select({ id: updates.id, workspaceId: updates.workspaceId, name: auditName, publishedAt: updates.publishedAt })
    .from(updates)
    .leftJoin(channels, eq(channels.id, updates.channelId))
    .where(inArray(updates.id, ids))
  const published = rows.filter(({ publishedAt }) => publishedAt !== null)
  if (published.length > 0) await tx.insert(auditEvents).values(published.map(auditRow(action)))
}

/** Deletes the rows of what was in the trash for its time. Several workers may do it at once. @returns how many updates */
export const purgeTrash = (db: Db, days: number): Promise<number> =>
  db.transaction(async (tx) => {
    const found = await tx
      .select({ id: updates.id })
      .from(updates)
      .where(sql`${updates.trashedAt} <= now() - make_interval(secs => ${days * 86_400})`)
      .orderBy(updates.trashedAt)
      .limit(batch)
      .for('update', { skipLocked: true })
    const ids = found.map(({ id }) => id)
    if (ids.length === 0) return 0
    await recordUpdates(tx, ids, 'update.purged')
    await tx.delete(updates).where(inArray(updates.id, ids))
    return ids.length
  })

/**
 * Deletes the objects of videos whose rows are gone, and once more when nothing can be on its way any more. What ends in between is
 * done again. @returns how many were emptied
 */
export async function buryRemains({ db, storage, log, signal }: Deps): Promise<number> {
  const isLate = sql`${videoRemains.emptiedAt} <= now() - make_interval(mins => ${lateMinutes})`
  const found = await db
    .select()
    .from(videoRemains)
    .where(or(isNull(videoRemains.emptiedAt), isLate))
    .orderBy(sql`random()`)
    .limit(batch * 5)
  let emptied = 0
  for (const { videoId, emptiedAt } of found) {
    if (signal?.aborted) break
    const isThis = eq(videoRemains.videoId, videoId)
    try {
      await storage.deleteAll(keys.video(videoId))
      if (emptiedAt) await db.delete(videoRemains).where(isThis)
      else await db.update(videoRemains).set({ emptiedAt: sql`now()` }).where(isThis)
      emptied += 1
    } catch (error) {
      log.warn({ err: error, videoId }, 'the objects of a deleted video are still there; the next round tries again')
    }
  }
  return emptied
}

/** One round of real deletion: what is due, until nothing is. */
export async function purge(deps: Deps, days: number): Promise<void> {
  for (let purged = batch; purged === batch && !deps.signal?.aborted; ) {
    purged = await purgeTrash(deps.db, days)
    if (purged > 0) deps.log.info({ updates: purged }, 'their time in the trash is over: deleted for good')
  }
  await buryRemains(deps)
}

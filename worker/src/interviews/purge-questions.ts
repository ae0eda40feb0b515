import type { Db } from '@meanwhile/shared/db/client'
import { updates } from '@meanwhile/shared/db/schema/updates'
import { and, inArray, sql } from 'drizzle-orm'

/** In one round; the next takes the rest. */
const batch = 20
/** A video that was recorded to ask with waits so long for being asked with, in days. */
const unusedDays = 7

/** Deletes videos that were recorded for an interview and that none asks with, nor a template; a trigger writes down the media. @returns how many */
export const purgeQuestions = (db: Db): Promise<number> =>
  db.transaction(async (tx) => {
    const isUnused = sql`not exists (select from interview_answers take where take.update_id = ${updates.id})
      and not exists (select from interviews asking where asking.video_ids @> array[${updates.id}])
      and not exists (select from interview_templates kept where kept.video_ids @> array[${updates.id}])`
    const isOld = sql`${updates.createdAt} <= now() - make_interval(days => ${unusedDays})`
    const found = await tx
      .select({ id: updates.id })
      .from(updates)
      .where(and(updates.isInterview, isOld, isUnused))
      .limit(batch)
      .for('update', { skipLocked: true })
    const ids = found.map(({ id }) => id)
    if (ids.length > 0) await tx.delete(updates).where(inArray(updates.id, ids))
    return ids.length
  })

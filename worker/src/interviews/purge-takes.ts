import type { Db } from '@meanwhile/shared/db/client'
import { handedInAt } from '@meanwhile/shared/db/handed-in'
import { updates } from '@meanwhile/shared/db/schema/updates'
import { inArray, sql } from 'drizzle-orm'

/** In one round; the next takes the rest. */
const batch = 20
/** What began in time may still be on its way, and a deadline may be moved: so long others can be chosen, in days. */
const openDays = 7

/**
 * Deletes takes beside the chosen one that handing in has left: where the deadline did it, where one came after it, and where a question was
 * opened again and never handed in. A trigger writes down the media. @returns how many
 */
export const purgeTakes = (db: Db, now: Date): Promise<number> =>
  db.transaction(async (tx) => {
    const before = sql`${now.toISOString()}::timestamptz - make_interval(days => ${openDays})`
    // With the candidate's row, so that none is deleted while it is handed in.
    const rows = await tx.execute<{ id: string }>(sql`
      select take.update_id as id from interview_answers take
      join candidate_invitations candidate on candidate.id = take.invitation_id
      where not take.is_chosen
        and ${handedInAt('candidate')} <= ${before}
        and not coalesce(take.question_id = candidate.reopened_question_id
          and take.created_at >= candidate.reopened_at and candidate.reopened_until > ${before}, false)
        and exists (select from interview_answers chosen
          where chosen.invitation_id = take.invitation_id and chosen.question_id = take.question_id and chosen.is_chosen)
      limit ${batch} for update of take, candidate skip locked`)
    const ids = rows.map(({ id }) => id)
    if (ids.length > 0) await tx.delete(updates).where(inArray(updates.id, ids))
    return ids.length
  })

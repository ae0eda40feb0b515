import { takesMail } from '@meanwhile/shared/db/add-candidate-mails'
import { addReceipt, isUnconfirmed } from '@meanwhile/shared/db/add-receipt'
import type { Db } from '@meanwhile/shared/db/client'
import { isHandedIn } from '@meanwhile/shared/db/handed-in'
import { candidateInvitations } from '@meanwhile/shared/db/schema/interviews'
import type { MailSite } from '@meanwhile/shared/platform/mail-site'
import { and, asc, isNull, type SQL, sql } from 'drizzle-orm'

/** In one round; the next takes the rest. */
const batch = 200
/** A deadline that passed longer ago is no news any more, in days: shorter than mails are kept, by which it is known who was told. */
const newsDays = 7

const isNews = (now: Date): SQL =>
  sql`${candidateInvitations.deadlineAt} > ${now.toISOString()}::timestamptz - make_interval(days => ${newsDays})`

/**
 * A receipt for each candidate whose answers their deadline has handed in for them, once for a deadline; any number of workers may do it at
 * once. @returns how many there were
 */
export async function confirmLapsed(db: Db, site: MailSite, now: Date): Promise<number> {
  const which = and(
    takesMail,
    isNull(candidateInvitations.submittedAt),
    isHandedIn('candidate_invitations'),
    isNews(now),
    isUnconfirmed,
  )
  const due = await db
    .select({ id: candidateInvitations.id })
    .from(candidateInvitations)
    .where(which)
    .orderBy(asc(candidateInvitations.deadlineAt))
    .limit(batch)
  let written = 0
  const failures: unknown[] = []
  for (const { id } of due)
    await db
      .transaction((tx) => addReceipt(tx, site, id, now, which))
      .then((mailIds) => (written += mailIds.length))
      // One that cannot be written keeps back none of the others.
      .catch((error) => failures.push(error))
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} receipts could not be written`)
  return written
}

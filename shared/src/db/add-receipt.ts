import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { MailSite } from '../platform/mail-site.ts'
import { addCandidateMails } from './add-candidate-mails.ts'
import type { Db } from './client.ts'
import { candidateInvitations } from './schema/interviews.ts'

/** They were sent no receipt since their deadline: it may have handed in what they hand in by hand a little later. */
export const isUnconfirmed = sql`not exists (select from mails receipt where receipt.candidate_id = "candidate_invitations"."id"
  and receipt.kind = 'candidate-receipt' and receipt.created_at >= "candidate_invitations"."deadline_at")`

/**
 * Tells a candidate that their answers are with the team, unless they were told so since their deadline.
 * @param which what else has to be so, still. @returns the ids of the mails
 */
export async function addReceipt(tx: Db, site: MailSite, invitationId: string, now: Date, which?: SQL): Promise<string[]> {
  const isIt = eq(candidateInvitations.id, invitationId)
  // Whoever comes second waits for the row, and looks for the receipt after that: a statement of its own sees what the first has written.
  await tx.select({ id: candidateInvitations.id }).from(candidateInvitations).where(isIt).for('update')
  const due = await tx.$count(candidateInvitations, and(isIt, isUnconfirmed, which))
  return due > 0 ? addCandidateMails(tx, site, 'receipt', [invitationId], now) : []
}

import { and, eq, inArray, isNotNull, isNull } from 'drizzle-orm'
import { candidateLetter, type LetterAbout, mailKinds } from '../candidate-letters/letter.ts'
import { linkToken } from '../platform/link-token.ts'
import type { MailSite } from '../platform/mail-site.ts'
import { addMail } from './add-mail.ts'
import type { Db } from './client.ts'
import { candidateInvitations, interviews, positions } from './schema/interviews.ts'
import { mails } from './schema/mails.ts'
import { users, workspaces } from './schema/people.ts'

/** A letter without a deadline is worth sending for so long, in minutes. */
const longestMinutes = 14 * 24 * 60

export const candidateLink = ({ publicUrl, authSecret }: Pick<MailSite, 'publicUrl' | 'authSecret'>, id: string): string =>
  `${publicUrl}/i/${linkToken(authSecret, 'invitation', id)}`

/** Who gets letters: the team wished it, and neither they nor the team took anything back. */
const takesMail = and(
  candidateInvitations.byMail,
  isNotNull(candidateInvitations.email),
  isNull(candidateInvitations.withdrawnAt),
  isNull(candidateInvitations.revokedAt),
)

/** Letters to candidates that were not sent yet are not sent any more. */
export async function dropCandidateMails(tx: Db, invitationId: string): Promise<void> {
  await tx.delete(mails).where(and(eq(mails.candidateId, invitationId), eq(mails.state, 'waiting')))
}

/** A letter for each of some candidates who get any, in the transaction of what causes it. @returns the ids of the mails */
export async function addCandidateMails(
  tx: Db,
  site: MailSite,
  about: LetterAbout,
  invitationIds: string[],
  now: Date,
): Promise<string[]> {
  if (invitationIds.length === 0) return []
  const found = await tx
    .select({
      invitation: candidateInvitations,
      position: positions.title,
      promiseDays: positions.promiseDays,
      deleteAfterDays: positions.deleteAfterDays,
      workspace: workspaces.name,
      who: users.name,
      theirZone: users.timeZone,
      content: interviews.content,
    })
    .from(candidateInvitations)
    .innerJoin(positions, eq(positions.id, candidateInvitations.positionId))
    .innerJoin(workspaces, eq(workspaces.id, positions.workspaceId))
    .innerJoin(interviews, eq(interviews.id, candidateInvitations.interviewId))
    .leftJoin(users, eq(users.id, candidateInvitations.createdById))
    .where(and(inArray(candidateInvitations.id, invitationIds), takesMail))
  const mailIds: string[] = []
  for (const { invitation, theirZone, content, ...rest } of found) {
    const { id, name, email, language, deadlineAt, submittedAt } = invitation
    // By the clock of the candidate, else of whoever invited them: the zone is said either way.
    const timeZone = invitation.timeZone ?? theirZone ?? 'UTC'
    const url = candidateLink(site, id)
    const { reopenedQuestionId, reopenedUntil: until } = invitation
    const question = content.questions.find((each) => each.id === reopenedQuestionId)?.text.slice(0, 300) ?? ''
    const reopened = until ? { question, until } : null
    const asked = { ...rest, questions: content.questions.length, deadlineAt, submittedAt, reopened, timeZone, url }
    const letter = candidateLetter(about, { ...asked, name, language })
    const endsAt = about === 'reopened' ? until : about === 'receipt' ? null : deadlineAt
    const leftMinutes = endsAt ? Math.ceil((endsAt.getTime() - now.getTime()) / 60_000) : longestMinutes
    const minutes = Math.min(longestMinutes, Math.max(1, leftMinutes))
    mailIds.push(await addMail(tx, { kind: mailKinds[about], to: `${email}`, letter, of: { candidateId: id }, minutes }))
  }
  return mailIds
}

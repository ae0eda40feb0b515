import { and, eq, gt, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import { candidateLetter, type LetterAbout, mailKinds } from '../candidate-letters/letter.ts'
import type { MailKind } from '../contract/mails.ts'
import { linkToken } from '../platform/link-token.ts'
import type { MailSite } from '../platform/mail-site.ts'
import { addMail } from './add-mail.ts'
import type { Db } from './client.ts'
import { candidateInvitations, interviews, positions } from './schema/interviews.ts'
import { mails } from './schema/mails.ts'
import { users, workspaces } from './schema/people.ts'
import { mailboxOf, noteSentLink } from './sent-links.ts'

/** A letter without a deadline is worth sending for so long, in minutes. */
const longestMinutes = 14 * 24 * 60

export const candidateLink = ({ publicUrl, authSecret }: Pick<MailSite, 'publicUrl' | 'authSecret'>, id: string): string =>
  `${publicUrl}/i/${linkToken(authSecret, 'invitation', id)}`

/** Who gets letters: the team wished it, and neither they nor the team took anything back. */
export const takesMail = and(
  candidateInvitations.byMail,
  isNotNull(candidateInvitations.email),
  isNull(candidateInvitations.withdrawnAt),
  isNull(candidateInvitations.revokedAt),
)

/** Letters to a candidate that were not sent yet are not sent any more. @param kind those of all kinds, unless it is said */
export async function dropCandidateMails(tx: Db, invitationId: string, kind?: MailKind): Promise<void> {
  const isWaiting = and(eq(mails.candidateId, invitationId), eq(mails.state, 'waiting'), kind && eq(mails.kind, kind))
  await tx.delete(mails).where(and(isWaiting, eq(mails.attempts, 0)))
  // It may just be on its way: it is not tried again, and counts among those that went there.
  const ended = { state: 'failed', failure: 'It was not needed any more.', text: '', html: '' } as const
  await tx.update(mails).set(ended).where(isWaiting)
}

/** So many letters to one candidate within an hour, whatever they are about. */
const anHourEach = 3

/**
 * Tells a candidate that something has changed, instead of what was to tell them so before; nothing once they were sent many.
 * @returns the ids of the mails
 */
export async function tellCandidate(
  tx: Db,
  site: MailSite,
  about: 'deadline' | 'works-again' | 'reopened',
  invitationId: string,
  now: Date,
): Promise<string[]> {
  await dropCandidateMails(tx, invitationId, mailKinds[about])
  const isLate = gt(mails.createdAt, sql`now() - interval '1 hour'`)
  const lately = await tx.$count(mails, and(eq(mails.candidateId, invitationId), isLate))
  return lately < anHourEach ? addCandidateMails(tx, site, about, [invitationId], now) : []
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
      workspaceId: workspaces.id,
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
  for (const { invitation, theirZone, content, workspaceId, ...rest } of found) {
    const { id, name, email, language, deadlineAt, submittedAt } = invitation
    // By the clock of the candidate, else of whoever invited them: the zone is said either way.
    const timeZone = invitation.timeZone ?? theirZone ?? 'UTC'
    const url = candidateLink(site, id)
    const { reopenedQuestionId, reopenedUntil: until } = invitation
    const question = content.questions.find((each) => each.id === reopenedQuestionId)?.text.slice(0, 300) ?? ''
    const reopened = until ? { question, until } : null
    const asked = { ...rest, questions: content.questions.length, deadlineAt, submittedAt, reopened, timeZone, url }
    // Whoever came by an advert has proved nothing yet: no words of theirs go to an address that may be somebody else's.
    const isUnproved = invitation.isByOpenLink && !invitation.consentedAt
    const letter = candidateLetter(about, { ...asked, name: isUnproved ? '' : name, language })
    const endsAt = about === 'reopened' ? until : about === 'receipt' ? null : deadlineAt
    const leftMinutes = endsAt ? Math.ceil((endsAt.getTime() - now.getTime()) / 60_000) : longestMinutes
    const minutes = Math.min(longestMinutes, Math.max(1, leftMinutes))
    if (about === 'invitation') await noteSentLink(tx, workspaceId, mailboxOf(site.authSecret, `${email}`))
    mailIds.push(await addMail(tx, { kind: mailKinds[about], to: `${email}`, letter, of: { candidateId: id }, minutes }))
  }
  return mailIds
}

import type { CandidateLanguage } from '@meanwhile/shared/contract/candidate-invitations'
import type { OpenPage } from '@meanwhile/shared/contract/open-links'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { addCandidateMails, candidateLink } from '@meanwhile/shared/db/add-candidate-mails'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { linksLately, mailboxOf } from '@meanwhile/shared/db/sent-links'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { linkIdIn } from '@meanwhile/shared/platform/link-token'
import { mailSiteOf } from '@meanwhile/shared/platform/mail-site'
import { and, desc, eq, gt, isNull, sql } from 'drizzle-orm'
import { lengthOf, seenBy } from '../candidates/candidate-page.ts'
import { linksAnHour } from '../candidates/letters.ts'
import { newestInterview } from '../interviews/versions.ts'
import type { Outbox } from '../mails/outbox.ts'
import { lockPosition } from '../positions/access.ts'
import type { PositionRow } from '../positions/rows.ts'
import { comersOf, type OpenLinkRow } from './links.ts'

const { candidateInvitations, interviews, openLinks, positions, workspaces } = schema
type Deps = { db: Db; env: RunningEnv; mails: Pick<Outbox, 'isSet'> }

/** So many come by one link within an hour: more is no advert. */
const anHour = 100

/** The link that a token is of. @throws {ProblemError} `not-found`, alike for one that was never given out and one that was revoked */
async function requireOpenLink({ db, env }: Deps, token: string) {
  const id = linkIdIn(env.AUTH_SECRET, 'open-link', token)
  const [found] = id
    ? await db
        .select({ link: openLinks, position: positions, workspace: workspaces })
        .from(openLinks)
        .innerJoin(positions, eq(positions.id, openLinks.positionId))
        .innerJoin(workspaces, eq(workspaces.id, positions.workspaceId))
        .where(eq(openLinks.id, id))
    : []
  if (!found) throw new ProblemError('not-found', 'Ask who gave you the link for another one.')
  return found
}

/** Nobody can come any more: the position or the link has ended, or there is nothing to answer. */
const isOver = ({ closesAt }: OpenLinkRow, { closedAt }: Pick<PositionRow, 'closedAt'>, questions: number, now: Date): boolean =>
  closedAt !== null || questions === 0 || (closesAt !== null && closesAt <= now)

/** What a visitor reads before they say who they are. Nothing is noted. */
export async function openPageFor(deps: Deps, token: string, now: Date): Promise<OpenPage> {
  const { link, position, workspace } = await requireOpenLink(deps, token)
  const interview = await newestInterview(deps.db, position.id)
  const questionCount = interview.content.questions.length
  const isFull = (await comersOf(deps.db, link)) >= link.maxCandidates
  return {
    workspace: workspace.name,
    position: position.title,
    state: isOver(link, position, questionCount, now) ? 'over' : isFull ? 'full' : 'open',
    questionCount,
    estimateMs: await lengthOf(deps.db, interview),
    seenBy: await seenBy(deps.db, position.id),
    deleteAfterDays: position.deleteAfterDays,
    promiseDays: position.promiseDays,
    closesAt: link.closesAt,
    sendsMail: deps.mails.isSet,
  }
}

type Visitor = { name: string; email: string; language?: CandidateLanguage | undefined; website: string }

/**
 * A candidacy for whoever says their name and address, once an address. Nobody has proved yet that it is theirs: where the site sends mail the
 * link goes there alone, and all are answered alike, whoever came before.
 * @returns the link of somebody new where no mail is sent, and the ids of mails
 * @throws {ProblemError} `not-found`, `open-link-over`, `open-link-full`, `too-many-requests`
 */
export async function come(deps: Deps, token: string, { name, email, language, website }: Visitor) {
  const { link, position } = await requireOpenLink(deps, token)
  // A program that fills in everything is told what all are told who get mail.
  if (website !== '') return { url: null, mailIds: [] }
  return deps.db.transaction(async (tx) => {
    const locked = await lockPosition(tx, position.id)
    const now = new Date()
    const interview = await newestInterview(tx, position.id)
    if (isOver(link, locked, interview.content.questions.length, now)) throw new ProblemError('open-link-over')
    const isOfPosition = eq(candidateInvitations.positionId, position.id)
    // Before anybody is looked for: that one is known must not show in another answer.
    if ((await comersOf(tx, link)) >= link.maxCandidates) throw new ProblemError('open-link-full')
    const isLate = gt(candidateInvitations.createdAt, sql`now() - interval '1 hour'`)
    if ((await tx.$count(candidateInvitations, and(isOfPosition, candidateInvitations.isByOpenLink, isLate))) >= anHour)
      throw new ProblemError('too-many-requests', 'Many come by this link just now. Try again in an hour.')
    const [before] = await tx
      .select()
      .from(candidateInvitations)
      .where(
        and(
          isOfPosition,
          sql`lower(${candidateInvitations.email}) = ${email.toLowerCase()}`,
          isNull(candidateInvitations.withdrawnAt),
        ),
      )
      .orderBy(desc(candidateInvitations.createdAt))
      .limit(1)
      .for('update')
    /** Where it goes counts, which may be written otherwise than what the visitor wrote. */
    const mail = async (id: string, to: string) => {
      const mailbox = mailboxOf(deps.env.AUTH_SECRET, to)
      const isFew = ((await linksLately(tx, [mailbox])).get(mailbox) ?? 0) < linksAnHour
      return deps.mails.isSet && isFew ? addCandidateMails(tx, mailSiteOf(deps.env), 'invitation', [id], now) : []
    }
    if (before) {
      // It may be that the team sent no letters: who asks for theirs gets them.
      const isToldNow = deps.mails.isSet && !before.byMail && !before.revokedAt
      if (isToldNow) await tx.update(candidateInvitations).set({ byMail: true }).where(eq(candidateInvitations.id, before.id))
      return { url: null, mailIds: await mail(before.id, `${before.email}`) }
    }
    if (!interview.frozenAt) await tx.update(interviews).set({ frozenAt: now }).where(eq(interviews.id, interview.id))
    const place = { positionId: position.id, interviewId: interview.id, isByOpenLink: true, byMail: deps.mails.isSet }
    const row = { ...place, name, email, ...(language && { language }), createdAt: sql`now()` }
    const { id } = one(await tx.insert(candidateInvitations).values(row).returning({ id: candidateInvitations.id }))
    return { url: deps.mails.isSet ? null : candidateLink(mailSiteOf(deps.env), id), mailIds: await mail(id, email) }
  })
}

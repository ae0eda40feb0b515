import type {
  CandidateAnswer,
  CandidateInvitation,
  CandidateSheet,
  InvitationDraft,
} from '@meanwhile/shared/contract/candidate-invitations'
import type { MailState } from '@meanwhile/shared/contract/mails'
import type { PositionRole } from '@meanwhile/shared/contract/positions'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { addCandidateMails, candidateLink, dropCandidateMails, tellCandidate } from '@meanwhile/shared/db/add-candidate-mails'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { eraseSaid } from '@meanwhile/shared/db/erase-said'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { mailSiteOf } from '@meanwhile/shared/platform/mail-site'
import { and, count, desc, eq, type SQL, sql } from 'drizzle-orm'
import { type By, recordAudit } from '../audit/record-audit.ts'
import { newestInterview, videosOf } from '../interviews/versions.ts'
import type { Outbox } from '../mails/outbox.ts'
import { lockPosition, type SeenInvitation } from '../positions/access.ts'
import type { InvitationRow, PositionRow } from '../positions/rows.ts'
import type { Viewer } from '../session.ts'
import { type Showing, updatesOf } from '../updates/queries.ts'
import { requireFewLetters } from './letters.ts'
import { nameless, shownName } from './shown-name.ts'
import { reopenedOf, stateOf } from './state.ts'

const { candidateInvitations, interviewAnswers, interviews, mails, positions } = schema
type Env = Pick<RunningEnv, 'AUTH_SECRET' | 'PUBLIC_URL'>
type ByViewer = By & { actor: Viewer }
/** What sends letters: nothing does where `mails` is not set. */
export type Posting = { env: Env; mails: Pick<Outbox, 'isSet'> }

/** Whose audit entry it is, without a name: what is erased must not live on in the log. */
const targetOf = ({ id }: Pick<InvitationRow, 'id'>) => ({ type: 'candidate', id, name: null })

const letterOf = sql<{ state: MailState; failure: string | null; at: string } | null>`(
  select json_build_object('state', mail.state, 'failure', mail.failure, 'at', coalesce(mail.sent_at, mail.created_at))
  from ${mails} mail where mail.candidate_id = ${candidateInvitations.id} and mail.kind = 'candidate-invitation'
  order by mail.created_at desc limit 1)`

const rowsOf = (db: Db, which: SQL | undefined) =>
  db
    .select({
      invitation: candidateInvitations,
      hidesNames: positions.hidesNames,
      version: interviews.version,
      questions: sql<number>`jsonb_array_length(${interviews.content} -> 'questions')`,
      answered: count(interviewAnswers.updateId),
      letter: letterOf,
      isClosed: sql<boolean>`${positions.closedAt} is not null`,
    })
    .from(candidateInvitations)
    .innerJoin(interviews, eq(interviews.id, candidateInvitations.interviewId))
    .innerJoin(positions, eq(positions.id, candidateInvitations.positionId))
    .leftJoin(
      interviewAnswers,
      and(eq(interviewAnswers.invitationId, candidateInvitations.id), eq(interviewAnswers.isChosen, true)),
    )
    .where(which)
    .groupBy(candidateInvitations.id, interviews.id, positions.id)
    .orderBy(desc(candidateInvitations.createdAt), desc(candidateInvitations.id))
type Row = Awaited<ReturnType<typeof rowsOf>>[number]

function told(
  { invitation: row, hidesNames, version, questions, answered, letter, isClosed }: Row,
  role: PositionRole,
  env: Env,
  now: Date,
): CandidateInvitation {
  const state = stateOf(row, answered, now)
  const isOwner = role === 'owner'
  return {
    id: row.id,
    name: isOwner ? row.name : shownName(row, { hidesNames }),
    alias: isOwner && hidesNames ? nameless(row) : null,
    email: isOwner ? row.email : null,
    state,
    isByOpenLink: row.isByOpenLink,
    version,
    questions,
    answered: isOwner || state === 'submitted' ? answered : 0,
    createdAt: row.createdAt,
    startedAt: row.consentedAt,
    submittedAt: row.submittedAt ?? (state === 'submitted' ? row.deadlineAt : null),
    deadlineAt: row.deadlineAt,
    reopened: reopenedOf(row, { isClosed, hasBegun: false }, now),
    url: isOwner && state !== 'withdrawn' && state !== 'revoked' ? candidateLink(mailSiteOf(env), row.id) : null,
    letter: isOwner && letter ? { ...letter, at: new Date(letter.at) } : null,
    accommodation: isOwner ? { extraTimePercent: row.extraTimePercent, mayWrite: row.mayWrite } : null,
  }
}

/** The candidates of a position as somebody with that role sees them, newest first. */
export async function invitationsOf(db: Db, positionId: string, role: PositionRole, env: Env, now: Date) {
  const rows = await rowsOf(db, eq(candidateInvitations.positionId, positionId))
  return rows.map((row) => told(row, role, env, now))
}

export const invitationFor = async (db: Db, invitationId: string, role: PositionRole, env: Env, now: Date) =>
  told(one(await rowsOf(db, eq(candidateInvitations.id, invitationId))), role, env, now)

type Inviting = { drafts: InvitationDraft[]; byMail: boolean }

/**
 * Invites to the newest version of the interview, which is frozen by that. @returns the ids, in the order of the drafts, and those of the mails
 * @throws {ProblemError} `interview-empty`, `mail-off`, `too-many-requests`, `invalid-request` for one address again and again
 */
export const invite = (
  db: Db,
  { env, mails }: Posting,
  { id: positionId }: PositionRow,
  { drafts, byMail }: Inviting,
  by: ByViewer,
): Promise<{ ids: string[]; mailIds: string[] }> =>
  db.transaction(async (tx) => {
    const { workspaceId } = await lockPosition(tx, positionId)
    const interview = await newestInterview(tx, positionId)
    if (interview.content.questions.length === 0) throw new ProblemError('interview-empty', 'Write a question first.')
    if (byMail && !mails.isSet) throw new ProblemError('mail-off', 'Invite without mail, and send each candidate their link.')
    if (byMail) await requireFewLetters(tx, { workspaceId, drafts, authSecret: env.AUTH_SECRET })
    if (!interview.frozenAt) await tx.update(interviews).set({ frozenAt: new Date() }).where(eq(interviews.id, interview.id))
    const place = { positionId, interviewId: interview.id, createdById: by.actor.id, byMail }
    const rows = await tx
      .insert(candidateInvitations)
      .values(drafts.map(({ email = null, ...draft }) => ({ ...draft, email, ...place })))
      .returning({ id: candidateInvitations.id })
    const ids = rows.map(({ id }) => id)
    const mailIds = byMail ? await addCandidateMails(tx, mailSiteOf(env), 'invitation', ids, new Date()) : []
    await recordAudit(tx, {
      ...by,
      action: 'candidate.invited',
      target: { type: 'position', id: positionId },
      details: { candidates: ids.length, mails: mailIds.length },
    })
    return { ids, mailIds }
  })

type Change = {
  deadlineAt?: Date | null | undefined
  extraTimePercent?: number | undefined
  mayWrite?: boolean | undefined
  isRevoked?: boolean | undefined
}

/**
 * Tells a candidate who gets mail when they have another deadline, or may answer again, unless they were sent many letters just now.
 * @returns the ids of the mails @throws {ProblemError} `invitation-ended` for who deleted their data
 */
export const editInvitation = (
  db: Db,
  { env, mails }: Posting,
  { invitation: { id }, position }: Pick<SeenInvitation, 'invitation' | 'position'>,
  { isRevoked, ...change }: Change,
  by: ByViewer,
): Promise<string[]> =>
  db.transaction(async (tx) => {
    const isIt = eq(candidateInvitations.id, id)
    const before = one(await tx.select().from(candidateInvitations).where(isIt).for('update'))
    if (before.withdrawnAt) throw new ProblemError('invitation-ended', 'The candidate deleted it. Invite them anew if they wish.')
    const now = new Date()
    const { deadlineAt = before.deadlineAt } = change
    const isMoved = deadlineAt?.getTime() !== before.deadlineAt?.getTime()
    const revokedAt = isRevoked === undefined ? before.revokedAt : isRevoked ? (before.revokedAt ?? now) : null
    if (isRevoked === undefined && Object.keys(change).length === 0) return []
    const set = { ...change, revokedAt, ...(isMoved ? { deadlineSetAt: now } : {}) }
    await tx.update(candidateInvitations).set(set).where(isIt)
    const action = isRevoked ? 'candidate.revoked' : 'candidate.changed'
    await recordAudit(tx, { ...by, action, target: targetOf(before) })
    if (revokedAt) await dropCandidateMails(tx, id)
    const canAnswer = !revokedAt && !before.submittedAt && !position.closedAt && (!deadlineAt || deadlineAt > now)
    if (!mails.isSet || !canAnswer || (!isMoved && !before.revokedAt)) return []
    return tellCandidate(tx, mailSiteOf(env), before.revokedAt ? 'works-again' : 'deadline', id, now)
  })

/** Deletes all rows of a candidate. @returns the ids of videos that are gone */
export const erase = (db: Db, invitation: InvitationRow, by: ByViewer): Promise<string[]> =>
  db.transaction(async (tx) => {
    const gone = await eraseSaid(tx, invitation.id)
    await tx.delete(candidateInvitations).where(eq(candidateInvitations.id, invitation.id))
    await recordAudit(tx, { ...by, action: 'candidate.erased', target: targetOf(invitation) })
    return gone
  })

/** One candidate with what they handed in, as this viewer sees it. */
export async function sheetFor(db: Db, seen: SeenInvitation, showing: Showing, env: Env, now: Date): Promise<CandidateSheet> {
  const { invitation, position, role } = seen
  const { content, videoIds } = one(await db.select().from(interviews).where(eq(interviews.id, invitation.interviewId)))
  const isOf = and(eq(interviewAnswers.invitationId, invitation.id), eq(interviewAnswers.isChosen, true))
  const takes = await db.select().from(interviewAnswers).where(isOf)
  const updates = await updatesOf(
    db,
    showing,
    takes.map(({ updateId }) => updateId),
  )
  const answers = content.questions.flatMap(({ id }): CandidateAnswer[] => {
    const take = takes.find(({ questionId }) => questionId === id)
    const update = updates.find((each) => each.id === take?.updateId)
    return take && update ? [{ questionId: id, way: take.way, update, againAt: take.againAt }] : []
  })
  return {
    positionId: position.id,
    positionTitle: position.title,
    role,
    invitation: await invitationFor(db, invitation.id, role, env, now),
    content,
    videos: await videosOf(db, videoIds, showing.urls),
    answers,
  }
}

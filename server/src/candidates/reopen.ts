import { ProblemError } from '@meanwhile/shared/contract/problem'
import { dropCandidateMails, tellCandidate } from '@meanwhile/shared/db/add-candidate-mails'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { lockTakes } from '@meanwhile/shared/db/lock-takes'
import { mailSiteOf } from '@meanwhile/shared/platform/mail-site'
import { and, eq, inArray, sql } from 'drizzle-orm'
import { type By, recordAudit } from '../audit/record-audit.ts'
import type { SeenInvitation } from '../positions/access.ts'
import type { InvitationRow } from '../positions/rows.ts'
import type { Viewer } from '../session.ts'
import type { Posting } from './invitations.ts'
import { stateOf } from './state.ts'

const { candidateInvitations, interviewAnswers, interviews, updates, videos } = schema

/** What is done once it is committed: videos that are gone, mails that are to be sent. */
export type AfterChange = { gone: string[]; mailIds: string[] }

/** @returns the ids of their videos */
export async function deleteTakes(tx: Db, updateIds: string[]): Promise<string[]> {
  if (updateIds.length === 0) return []
  const gone = await tx.select({ id: videos.id }).from(videos).where(inArray(videos.updateId, updateIds))
  await tx.delete(updates).where(inArray(updates.id, updateIds))
  return gone.map(({ id }) => id)
}

const takesOf = (tx: Db, invitationId: string, questionId: string) => {
  const isOf = and(eq(interviewAnswers.invitationId, invitationId), eq(interviewAnswers.questionId, questionId))
  return tx.select().from(interviewAnswers).where(isOf)
}

/** What handing in deletes: takes beside a chosen one. @returns their updates */
export async function notChosen(tx: Db, invitationId: string): Promise<string[]> {
  const takes = await tx.select().from(interviewAnswers).where(eq(interviewAnswers.invitationId, invitationId))
  const chosen = new Set(takes.filter(({ isChosen }) => isChosen).map(({ questionId }) => questionId))
  return takes.flatMap(({ isChosen, questionId, updateId }) => (!isChosen && chosen.has(questionId) ? [updateId] : []))
}

/** Takes of a question since it was opened again: the others are with the team. */
export const isOpenAgain = ({ reopenedAt, reopenedQuestionId }: InvitationRow, take: { questionId: string; createdAt: Date }) =>
  reopenedAt !== null && take.questionId === reopenedQuestionId && take.createdAt >= reopenedAt

const refuse = (field: string, message: string) =>
  new ProblemError('invalid-request', undefined, { errors: [{ field, message }] })

/**
 * Lets a candidate who has handed in answer one question again. Until they do, the team keeps the answer that it has.
 * @throws {ProblemError} `position-closed`, `invitation-ended`, `answers-missing` for who has not handed in, `answer-reopened` while another is
 * open, `invalid-request`
 */
export const reopenAnswer = (
  db: Db,
  { env, mails }: Posting,
  { invitation: { id }, position }: Pick<SeenInvitation, 'invitation' | 'position'>,
  { questionId, until }: { questionId: string; until: Date },
  by: By & { actor: Viewer },
): Promise<AfterChange> =>
  db.transaction(async (tx) => {
    const now = new Date()
    const row = one(await tx.select().from(candidateInvitations).where(eq(candidateInvitations.id, id)).for('update'))
    if (row.withdrawnAt) throw new ProblemError('invitation-ended', 'The candidate deleted what they had said.')
    if (row.revokedAt) throw new ProblemError('invitation-ended', 'The link was revoked. Open it again first.')
    if (position.closedAt) throw new ProblemError('position-closed', 'Open it again first.')
    await lockTakes(tx, id)
    const answered = await tx.$count(
      interviewAnswers,
      and(eq(interviewAnswers.invitationId, id), eq(interviewAnswers.isChosen, true)),
    )
    if (stateOf(row, answered, now) !== 'submitted')
      throw new ProblemError('answers-missing', 'The candidate has not handed in yet: they can still answer.')
    const { content } = one(await tx.select().from(interviews).where(eq(interviews.id, row.interviewId)))
    if (!content.questions.some((question) => question.id === questionId))
      throw refuse('questionId', 'is no question of this interview')
    if (until <= now) throw refuse('until', 'must be in the future')
    const isSame = row.reopenedQuestionId === questionId
    if (row.reopenedQuestionId && !isSame && row.reopenedUntil && row.reopenedUntil > now)
      throw new ProblemError('answer-reopened', 'Wait until the candidate has handed it in, or its time is over.')
    // What was begun for another question, and not handed in, has nowhere to go any more.
    const left = row.reopenedQuestionId && !isSame ? await takesOf(tx, id, row.reopenedQuestionId) : []
    const leftIds = left.filter((take) => isOpenAgain(row, take)).map(({ updateId }) => updateId)
    const gone = await deleteTakes(tx, [...leftIds, ...(row.submittedAt ? [] : await notChosen(tx, id))])
    const open = { reopenedQuestionId: questionId, reopenedUntil: until, ...(isSame ? {} : { reopenedAt: sql`now()` }) }
    // What the deadline handed in is handed in from now on, whatever becomes of the deadline.
    const submittedAt = row.submittedAt ?? row.deadlineAt ?? now
    await tx
      .update(candidateInvitations)
      .set({ ...open, submittedAt })
      .where(eq(candidateInvitations.id, id))
    await recordAudit(tx, { ...by, action: 'candidate.answer-reopened', target: { type: 'candidate', id, name: null } })
    await dropCandidateMails(tx, id)
    const mailIds = mails.isSet ? await tellCandidate(tx, mailSiteOf(env), 'reopened', id, now) : []
    return { gone, mailIds }
  })

/**
 * The new answer takes the place of the one that the team had, which is deleted with the other takes of its question.
 * @throws {ProblemError} `answers-missing` where there is no new one
 */
export async function handInAgain(tx: Db, row: InvitationRow): Promise<AfterChange> {
  const takes = await takesOf(tx, row.id, `${row.reopenedQuestionId}`)
  const next = takes.find(({ isNext }) => isNext)
  if (!next) throw new ProblemError('answers-missing', 'Answer the question first.')
  const gone = await deleteTakes(
    tx,
    takes.filter(({ updateId }) => updateId !== next.updateId).map(({ updateId }) => updateId),
  )
  await tx
    .update(interviewAnswers)
    .set({ isChosen: true, isNext: false, againAt: sql`now()` })
    .where(eq(interviewAnswers.updateId, next.updateId))
  const closed = { reopenedQuestionId: null, reopenedAt: null, reopenedUntil: null }
  await tx.update(candidateInvitations).set(closed).where(eq(candidateInvitations.id, row.id))
  return { gone, mailIds: [] }
}

import type { CandidateLanguage } from '@meanwhile/shared/contract/candidate-invitations'
import type { AnswerWay } from '@meanwhile/shared/contract/interviews'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { addReceipt } from '@meanwhile/shared/db/add-receipt'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { eraseSaid } from '@meanwhile/shared/db/erase-said'
import { lockTakes } from '@meanwhile/shared/db/lock-takes'
import { settleTake } from '@meanwhile/shared/db/settle-take'
import type { MailSite } from '@meanwhile/shared/platform/mail-site'
import { and, eq, gte, isNotNull, isNull, sql } from 'drizzle-orm'
import type { InvitationRow } from '../positions/rows.ts'
import type { Candidate } from '../session.ts'
import { type AfterChange, deleteTakes, handInAgain, notChosen } from './reopen.ts'
import { shownName } from './shown-name.ts'
import { askedOf } from './state.ts'

const { candidateInvitations, interviewAnswers, positions, scorecards, updates, users } = schema

/** What is pressed at the last moment has not begun too late, in ms. */
const graceMs = 10_000

/** The invitation as it is, locked until the transaction ends. @throws {ProblemError} `invitation-ended` */
async function locked(tx: Db, { id }: Candidate): Promise<InvitationRow> {
  const [row] = await tx.select().from(candidateInvitations).where(eq(candidateInvitations.id, id)).for('update')
  if (!row || row.withdrawnAt) throw new ProblemError('invitation-ended', 'Nothing of it is kept here any more.')
  return row
}

/**
 * The invitation if something may be said for it that was begun then.
 * @throws {ProblemError} `invitation-ended`, `position-closed`, `consent-needed`, `answer-final`
 */
async function requireAnswering(tx: Db, candidate: Candidate, begunAt: Date, questionId: string): Promise<InvitationRow> {
  const row = await locked(tx, candidate)
  if (row.revokedAt) throw new ProblemError('invitation-ended', 'Ask who sent it for a new one.')
  if (candidate.position.closedAt && candidate.position.closedAt < begunAt) throw new ProblemError('position-closed')
  if (!row.consentedAt) throw new ProblemError('consent-needed')
  if (row.submittedAt && row.reopenedQuestionId !== questionId) throw new ProblemError('answer-final')
  const until = row.submittedAt ? row.reopenedUntil : row.deadlineAt
  if (until && begunAt.getTime() > until.getTime() + graceMs)
    throw new ProblemError('invitation-ended', 'The deadline has passed. What you answered before it counts.')
  return row
}

type Consent = { version: string; language?: CandidateLanguage | undefined; timeZone?: string | undefined }

/** A person without an account stands for whoever consents. Again it changes nothing. @throws {ProblemError} as `requireAnswering` */
export const consent = (db: Db, candidate: Candidate, { version, language, timeZone }: Consent, now: Date): Promise<void> =>
  db.transaction(async (tx) => {
    // The position first, as whoever invites does. Whether names are hidden does not change meanwhile.
    const position = one(await tx.select().from(positions).where(eq(positions.id, candidate.position.id)).for('share'))
    const row = await locked(tx, candidate)
    if (row.revokedAt) throw new ProblemError('invitation-ended', 'Ask who sent it for a new one.')
    if (row.consentedAt) return
    if (position.closedAt) throw new ProblemError('position-closed')
    if (row.deadlineAt && row.deadlineAt <= now) throw new ProblemError('invitation-ended', 'The deadline has passed.')
    await tx
      .update(candidateInvitations)
      .set({ consentedAt: now, consentVersion: version, ...(language && { language }), ...(timeZone && { timeZone }) })
      .where(eq(candidateInvitations.id, row.id))
    const person = { id: row.id, name: shownName(row, position), email: `${row.id}@candidate.invalid`, candidateOf: row.id }
    await tx.insert(users).values(person).onConflictDoNothing()
  })

/** In which they get letters from now on; before consent nothing is kept of somebody who looks. */
export async function speak(db: Db, { id }: Candidate, language: CandidateLanguage): Promise<void> {
  const isTheirs = and(eq(candidateInvitations.id, id), isNotNull(candidateInvitations.consentedAt))
  await db
    .update(candidateInvitations)
    .set({ language })
    .where(and(isTheirs, isNull(candidateInvitations.withdrawnAt)))
}

export type Answering = { questionId: string; way: AnswerWay; beganMsAgo?: number }

const refuse = (field: string, message: string) =>
  new ProblemError('invalid-request', undefined, { errors: [{ field, message }] })

/** Takes that count: what was thrown away while it was recorded does not. */
const isTake = ({ id, reopenedAt, reopenedQuestionId }: InvitationRow, questionId: string) =>
  and(
    eq(interviewAnswers.invitationId, id),
    eq(interviewAnswers.questionId, questionId),
    // What the team has of a question that was opened again is neither changed nor counted.
    reopenedAt && reopenedQuestionId === questionId ? gte(interviewAnswers.createdAt, reopenedAt) : undefined,
  )

/**
 * The question if it may be answered in that way, once more.
 * @throws {ProblemError} as `requireAnswering`; `invalid-request`, `retakes-used`
 */
export async function requireAnswerableQuestion(tx: Db, candidate: Candidate, { questionId, way, beganMsAgo = 0 }: Answering) {
  const row = await requireAnswering(tx, candidate, new Date(Date.now() - beganMsAgo), questionId)
  const question = askedOf(candidate.interview.content, row).questions.find(({ id }) => id === questionId)
  if (!question) throw refuse('questionId', 'is no question of this interview')
  if (!question.ways.includes(way)) throw refuse('way', `must be one of: ${question.ways.join(', ')}`)
  if (way !== 'text' && question.retakes !== null) {
    const before = await tx.$count(interviewAnswers, and(isTake(row, questionId), sql`${interviewAnswers.way} <> 'text'`))
    if (before > question.retakes) throw new ProblemError('retakes-used', 'Choose one of the takes that are there.')
  }
  return { question, row }
}

/** Ties an update that was just made to what it answers. */
export async function tieTake(tx: Db, updateId: string, { id }: Candidate, { questionId, way }: Answering): Promise<void> {
  await tx.insert(interviewAnswers).values({ updateId, invitationId: id, questionId, way })
}

/** Answers in writing, or changes what was written. @throws {ProblemError} as `requireAnswerableQuestion` */
export const writeText = (db: Db, candidate: Candidate, questionId: string, body: string): Promise<void> =>
  db.transaction(async (tx) => {
    const { question, row } = await requireAnswerableQuestion(tx, candidate, { questionId, way: 'text' })
    const [written] = await tx
      .select({ updateId: interviewAnswers.updateId })
      .from(interviewAnswers)
      .where(and(isTake(row, questionId), eq(interviewAnswers.way, 'text')))
    if (written) {
      await tx.update(updates).set({ body, editedAt: sql`now()` }).where(eq(updates.id, written.updateId))
      return settleTake(tx, written.updateId)
    }
    const place = { workspaceId: candidate.workspace.id, authorId: candidate.id, isInterview: true }
    const text = { title: question.text.slice(0, 200), body, publishedAt: sql`now()` }
    const update = one(
      await tx
        .insert(updates)
        .values({ ...place, ...text })
        .returning({ id: updates.id }),
    )
    await tieTake(tx, update.id, candidate, { questionId, way: 'text' })
    await settleTake(tx, update.id)
  })

/** @throws {ProblemError} `not-found` for what is no complete take of theirs, and as `requireAnswering` */
export const choose = (db: Db, candidate: Candidate, updateId: string): Promise<void> =>
  db.transaction(async (tx) => {
    const [take] = await tx
      .select({ questionId: interviewAnswers.questionId, createdAt: interviewAnswers.createdAt })
      .from(interviewAnswers)
      .innerJoin(updates, eq(updates.id, interviewAnswers.updateId))
      .where(
        and(
          eq(interviewAnswers.updateId, updateId),
          eq(interviewAnswers.invitationId, candidate.id),
          isNotNull(updates.publishedAt),
          isNull(updates.trashedAt),
        ),
      )
    if (!take) throw new ProblemError('not-found')
    const row = await requireAnswering(tx, candidate, new Date(), take.questionId)
    if (row.reopenedAt && take.createdAt < row.reopenedAt) throw new ProblemError('answer-final')
    await settleTake(tx, updateId)
  })

/**
 * Hands in what was chosen, and deletes the other takes of these questions for good. What is still on its way counts when it is here.
 * @param site what a receipt says of this site; null where it sends no mail
 * @throws {ProblemError} as `requireAnswering`; `answers-missing` where nothing was answered
 */
export const submit = (db: Db, candidate: Candidate, site: MailSite | null, now: Date): Promise<AfterChange> =>
  db.transaction(async (tx) => {
    const row = await locked(tx, candidate)
    if (row.submittedAt && !row.reopenedQuestionId) return { gone: [], mailIds: [] }
    if (row.revokedAt) throw new ProblemError('invitation-ended', 'Ask who sent it for a new one.')
    await lockTakes(tx, row.id)
    if (row.reopenedQuestionId) return handInAgain(tx, row)
    if ((await tx.$count(interviewAnswers, eq(interviewAnswers.invitationId, row.id))) === 0)
      throw new ProblemError('answers-missing', 'Answer at least one question first.')
    const others = await notChosen(tx, row.id)
    await tx.update(candidateInvitations).set({ submittedAt: now }).where(eq(candidateInvitations.id, row.id))
    const mailIds = site ? await addReceipt(tx, site, row.id, now) : []
    return { gone: await deleteTakes(tx, others), mailIds }
  })

/** Deletes a take that was thrown away before it was complete. @throws {ProblemError} `forbidden` for one that is complete */
export const dropTake = (db: Db, { id: updateId, publishedAt }: Pick<typeof updates.$inferSelect, 'id' | 'publishedAt'>) => {
  if (publishedAt) throw new ProblemError('forbidden', 'Choose another take instead: this one is deleted when you hand in.')
  return db.delete(updates).where(and(eq(updates.id, updateId), isNull(updates.publishedAt)))
}

/** Deletes all that is kept of a candidate but that there was one. @returns the ids of videos that are gone */
export const withdraw = (db: Db, candidate: Candidate, now: Date): Promise<string[]> =>
  db.transaction(async (tx) => {
    const row = await locked(tx, candidate)
    const gone = await eraseSaid(tx, row.id)
    const unknown = { name: '', email: null, byMail: false, language: null, timeZone: null }
    const closed = { reopenedQuestionId: null, reopenedAt: null, reopenedUntil: null }
    // What was thought of what they said goes with it.
    await tx.delete(scorecards).where(eq(scorecards.invitationId, row.id))
    const undecided = { decision: null, decisionReason: null, decidedById: null, decidedAt: null }
    const nothing = { ...unknown, ...closed, ...undecided, extraTimePercent: 0, mayWrite: false, consentVersion: null }
    await tx
      .update(candidateInvitations)
      .set({ ...nothing, withdrawnAt: now })
      .where(eq(candidateInvitations.id, row.id))
    return gone
  })

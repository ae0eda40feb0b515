import type { PositionRole } from '@meanwhile/shared/contract/positions'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { CandidateReview, Decision, PositionAnswer, Scorecard } from '@meanwhile/shared/contract/scorecards'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { handedInAt, isHandedIn } from '@meanwhile/shared/db/handed-in'
import { and, asc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import { type By, recordAudit } from '../audit/record-audit.ts'
import { personColumns } from '../people/person-columns.ts'
import type { SeenInvitation } from '../positions/access.ts'
import type { InvitationRow, PositionRow } from '../positions/rows.ts'
import type { Viewer } from '../session.ts'
import { shownName } from './shown-name.ts'

const { candidateInvitations, interviewAnswers, interviews, scorecards, users } = schema
type ScorecardRow = typeof scorecards.$inferSelect

/** Handed in, as the team may judge it: `candidate_invitations` unaliased. */
const handedIn = isHandedIn('candidate_invitations')
const byHandingIn = handedInAt('candidate_invitations')

const cardsOf = (db: Db, ids: string[]) =>
  db
    .select({ card: scorecards, reviewer: personColumns(users) })
    .from(scorecards)
    .innerJoin(users, eq(users.id, scorecards.reviewerId))
    .where(inArray(scorecards.invitationId, ids))
    .orderBy(asc(scorecards.submittedAt), asc(scorecards.reviewerId))
type Card = Awaited<ReturnType<typeof cardsOf>>[number]

const shown = ({ card, reviewer }: Card): Scorecard => ({
  reviewer,
  scores: card.scores,
  note: card.note,
  recommendation: card.recommendation,
  submittedAt: card.submittedAt,
  changedAfterAt: card.changedAfterAt,
})

/** Whether others' scores are shown: to whoever submitted theirs, and to observers once it is decided. */
const isUnsealed = (mine: ScorecardRow | undefined, role: PositionRole, invitation: InvitationRow): boolean =>
  mine?.submittedAt != null || (role === 'observer' && invitation.decidedAt !== null)

async function decisionOf(db: Db, { decision, decisionReason, decidedById, decidedAt }: InvitationRow) {
  if (!decision || !decidedAt) return null
  const [by] = decidedById ? await db.select(personColumns(users)).from(users).where(eq(users.id, decidedById)) : []
  return { decision, reason: decisionReason ?? '', by: by ?? null, at: decidedAt }
}

async function reviewOf(
  db: Db,
  invitation: InvitationRow,
  role: PositionRole,
  viewer: Viewer,
  cards: Card[],
): Promise<CandidateReview> {
  const own = cards.find(({ card }) => card.reviewerId === viewer.id)
  const submitted = cards.filter(({ card }) => card.submittedAt !== null)
  const others = submitted.filter(({ card }) => card.reviewerId !== viewer.id)
  return {
    mine: own ? shown(own) : null,
    others: isUnsealed(own?.card, role, invitation) ? others.map(shown) : null,
    submitted: submitted.length,
    decision: await decisionOf(db, invitation),
  }
}

const hasOthers = ({ others }: CandidateReview) => others !== null && others.length > 0

/** Others' scores are shown to a reviewer who has submitted theirs: what they change from now on says so. */
const noteUnsealed = (db: Db, ids: string[], { id }: Viewer) =>
  db
    .update(scorecards)
    .set({ unsealedAt: sql`coalesce(${scorecards.unsealedAt}, now())` })
    .where(and(inArray(scorecards.invitationId, ids), eq(scorecards.reviewerId, id), isNotNull(scorecards.submittedAt)))

/** What this viewer may see of what was judged. That others' scores were shown to a reviewer is noted with theirs. */
export const reviewFor = (db: Db, { invitation: { id }, role }: SeenInvitation, viewer: Viewer): Promise<CandidateReview> =>
  db.transaction(async (tx) => {
    const invitation = one(await tx.select().from(candidateInvitations).where(eq(candidateInvitations.id, id)))
    const cards = await cardsOf(tx, [id])
    const review = await reviewOf(tx, invitation, role, viewer, cards)
    if (hasOthers(review)) await noteUnsealed(tx, [id], viewer)
    return review
  })

type Draft = Pick<ScorecardRow, 'scores' | 'note' | 'recommendation'> & { submit: boolean }

/** @throws {ProblemError} `forbidden` for observers, `answers-missing` before anything was handed in, `invalid-request` for lines of another rubric */
export const saveCard = (
  db: Db,
  { invitation: { id }, role }: SeenInvitation,
  viewer: Viewer,
  { submit, ...draft }: Draft,
): Promise<void> =>
  db.transaction(async (tx) => {
    if (role === 'observer')
      throw new ProblemError('forbidden', 'Observers watch; ask an owner of the position for another role.')
    const isIt = and(eq(candidateInvitations.id, id), handedIn)
    const [found] = await tx
      .select({ content: interviews.content })
      .from(candidateInvitations)
      .innerJoin(interviews, eq(interviews.id, candidateInvitations.interviewId))
      .where(isIt)
      // Nothing is judged behind who withdraws meanwhile.
      .for('share', { of: candidateInvitations })
    if (!found) throw new ProblemError('answers-missing', 'The candidate has not handed in yet.')
    const lines = new Set(found.content.questions.flatMap(({ rubric }) => rubric.map(({ id }) => id)))
    const message = 'names a line that is not in the rubric of this interview'
    if (draft.scores.some(({ lineId }) => !lines.has(lineId)))
      throw new ProblemError('invalid-request', undefined, { errors: [{ field: 'scores', message }] })
    await tx
      .insert(scorecards)
      .values({ ...draft, invitationId: id, reviewerId: viewer.id, submittedAt: submit ? new Date() : null })
      .onConflictDoUpdate({
        target: [scorecards.invitationId, scorecards.reviewerId],
        set: {
          ...draft,
          submittedAt: submit ? sql`coalesce(${scorecards.submittedAt}, now())` : sql`${scorecards.submittedAt}`,
          changedAfterAt: sql`case when ${scorecards.unsealedAt} is null then null else now() end`,
          updatedAt: sql`now()`,
        },
      })
  })

/** @throws {ProblemError} `answers-missing` before anything was handed in */
export const decide = (
  db: Db,
  { id }: InvitationRow,
  { decision, reason }: { decision: Decision; reason: string },
  by: By & { actor: Viewer },
): Promise<void> =>
  db.transaction(async (tx) => {
    const set = { decision, decisionReason: reason, decidedById: by.actor.id, decidedAt: new Date() }
    const decided = await tx
      .update(candidateInvitations)
      .set(set)
      .where(and(eq(candidateInvitations.id, id), handedIn))
      .returning({ id: candidateInvitations.id })
    if (decided.length === 0) throw new ProblemError('answers-missing', 'The candidate has not handed in yet.')
    await recordAudit(tx, { ...by, action: 'candidate.decided', target: { type: 'candidate', id }, details: { decision } })
  })

/** All that was handed in, by candidate in the order of handing in. */
export const answersOf = (db: Db, positionId: string): Promise<PositionAnswer[]> =>
  db
    .select({
      candidateId: candidateInvitations.id,
      questionId: interviewAnswers.questionId,
      version: interviews.version,
      way: interviewAnswers.way,
      updateId: interviewAnswers.updateId,
    })
    .from(interviewAnswers)
    .innerJoin(candidateInvitations, eq(candidateInvitations.id, interviewAnswers.invitationId))
    .innerJoin(interviews, eq(interviews.id, candidateInvitations.interviewId))
    .where(and(eq(candidateInvitations.positionId, positionId), eq(interviewAnswers.isChosen, true), handedIn))
    .orderBy(byHandingIn, asc(candidateInvitations.id), asc(interviewAnswers.createdAt))

/** Those who handed in beside each other: nothing is sorted by scores. */
export async function comparisonFor(db: Db, position: PositionRow, role: PositionRole, viewer: Viewer) {
  const rows = await db
    .select()
    .from(candidateInvitations)
    .where(and(eq(candidateInvitations.positionId, position.id), handedIn))
    .orderBy(byHandingIn, asc(candidateInvitations.id))
  if (rows.length === 0) return []
  const cards = await cardsOf(
    db,
    rows.map(({ id }) => id),
  )
  const items = await Promise.all(
    rows.map(async (row) => {
      const own = cards.filter(({ card }) => card.invitationId === row.id)
      const name = role === 'owner' ? row.name : shownName(row, position)
      return { candidateId: row.id, name, review: await reviewOf(db, row, role, viewer, own) }
    }),
  )
  const unsealed = items.flatMap(({ candidateId, review }) => (hasOthers(review) ? candidateId : []))
  if (unsealed.length > 0) await noteUnsealed(db, unsealed, viewer)
  return items
}

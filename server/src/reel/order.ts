import { mostInReel, reelDays } from '@meanwhile/shared/contract/reel'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { handedInAt, isHandedIn } from '@meanwhile/shared/db/handed-in'
import { seesPlace } from '@meanwhile/shared/db/sees-update'
import { mostLeft } from '@meanwhile/shared/media/reel-time'
import { and, asc, eq, inArray, isNotNull, isNull, ne, not, or, type SQL, sql } from 'drizzle-orm'
import type { RoundRow } from '../check-ins/access.ts'
import type { Viewer } from '../session.ts'
import { visibleTo } from '../updates/access.ts'

const { answers, candidateInvitations, interviewAnswers, reelItems, roundPeople, rounds, updates, users, videos, views } = schema

/** Which updates, and in what order. */
export type Order = { id: string; mentionsMe: boolean; blocker: boolean; question: string | null }

/** Those that are played, and so many behind them as are counted. */
export const mostCounted = mostInReel + mostLeft

/** Updates on which somebody names this viewer, or asks something of them that is open. Asked from their side, so that it costs what they have. */
const mentioning = ({ id }: Viewer): SQL<boolean> => sql<boolean>`${updates.id} in (
  select said.update_id from mentions join comments said on said.id = mentions.comment_id
    where mentions.user_id = ${id} and said.deleted_at is null and said.hidden_at is null and said.published_at is not null
  union all select asked.update_id from comments asked
    where asked.owner_id = ${id} and asked.resolved_at is null and asked.deleted_at is null and asked.hidden_at is null and asked.published_at is not null)`

/** It answers a round whose answerer says that they are blocked. */
const isBlocker = sql<boolean>`exists (select from ${answers} join ${roundPeople} on ${roundPeople.roundId} = ${answers.roundId} and ${roundPeople.userId} = ${answers.userId}
  where ${answers.updateId} = ${updates.id} and ${roundPeople.isBlocked})`

/** There is something to play: a text, or a recording that is finished. */
const isPlayable = and(isNotNull(updates.publishedAt), or(isNull(videos.id), isNotNull(videos.finishedAt)))
/** What is said in a pairing or an interview is watched there, and not among the rest. */
const isThere = and(isPlayable, not(updates.isApart))
/** Answers of candidates are played one after another by whoever names them. */
const isThereByName = and(isPlayable, or(not(updates.isApart), updates.isInterview))
/** Nobody has to catch up with what they made themselves. */
const isUnseenBy = ({ id }: Viewer) => and(isNull(views.caughtUpAt), ne(updates.authorId, id))
const isRecent = sql`${updates.createdAt} > now() - make_interval(days => ${reelDays})`

const ordered = (db: Db, viewer: Viewer) =>
  db
    .select({ id: updates.id, mentionsMe: mentioning(viewer), blocker: isBlocker })
    .from(updates)
    .leftJoin(videos, and(eq(videos.updateId, updates.id), isNull(videos.commentId)))
    .leftJoin(views, and(eq(views.updateId, updates.id), eq(views.userId, viewer.id)))
    .$dynamic()

/** What is for this viewer, and what is in somebody's way, comes before the rest. */
const sorted = (viewer: Viewer) => sql`(${mentioning(viewer)} or ${isBlocker}) desc`
const unasked = (found: Omit<Order, 'question'>[]): Order[] => found.map((each) => ({ ...each, question: null }))

/** What is new for a viewer, everywhere or in one channel: own updates are none of it. */
export async function newFor(db: Db, viewer: Viewer, channelId: string | undefined, onlyUnseen: boolean): Promise<Order[]> {
  const isHere = and(
    seesPlace({ userId: viewer.id, workspaceId: viewer.workspace.id }),
    channelId ? eq(updates.channelId, channelId) : undefined,
    isRecent,
    isThere,
    onlyUnseen ? isUnseenBy(viewer) : undefined,
  )
  const found = ordered(db, viewer).where(isHere)
  return unasked(await found.orderBy(sorted(viewer), asc(updates.publishedAt), asc(updates.id)).limit(mostCounted))
}

/** Updates that somebody named, as far as this viewer sees them. */
export async function named(db: Db, viewer: Viewer, updateIds: string[], onlyUnseen: boolean): Promise<Order[]> {
  const isOne = and(inArray(updates.id, updateIds), visibleTo(viewer), isThereByName, onlyUnseen ? isUnseenBy(viewer) : undefined)
  return unasked(await ordered(db, viewer).where(isOne).orderBy(sorted(viewer), asc(updates.publishedAt), asc(updates.id)))
}

/** What is in a reel that somebody made, in the order that they gave it. */
export async function listed(db: Db, viewer: Viewer, reelId: string, onlyUnseen: boolean): Promise<Order[]> {
  const found = ordered(db, viewer)
    .innerJoin(reelItems, and(eq(reelItems.updateId, updates.id), eq(reelItems.reelId, reelId)))
    .where(and(visibleTo(viewer), isThere, onlyUnseen ? isUnseenBy(viewer) : undefined))
  return unasked(await found.orderBy(asc(reelItems.position), asc(updates.id)))
}

/** What candidates handed in to a question of a position, in that order; access to the position was decided before. */
export async function answeringQuestion(
  db: Db,
  viewer: Viewer,
  { positionId, questionId }: { positionId: string; questionId: string },
  onlyUnseen: boolean,
): Promise<Order[]> {
  const found = ordered(db, viewer)
    .innerJoin(interviewAnswers, eq(interviewAnswers.updateId, updates.id))
    .innerJoin(candidateInvitations, eq(candidateInvitations.id, interviewAnswers.invitationId))
  const isOne = and(
    eq(candidateInvitations.positionId, positionId),
    eq(interviewAnswers.questionId, questionId),
    interviewAnswers.isChosen,
    isHandedIn('candidate_invitations'),
    visibleTo(viewer),
    isThereByName,
    onlyUnseen ? isUnseenBy(viewer) : undefined,
  )
  return unasked(await found.where(isOne).orderBy(handedInAt('candidate_invitations'), asc(candidateInvitations.id)))
}

/** The answers of a round, person by person, each in the order of the questions. */
export async function answering(db: Db, viewer: Viewer, round: RoundRow, onlyUnseen: boolean): Promise<Order[]> {
  const asked = new Map(round.questions.map(({ id, text }) => [id, text]))
  const place = sql`(select spot.ordinality from jsonb_array_elements(${rounds.questions}) with ordinality spot where spot.value ->> 'id' = ${answers.question})`
  const found = await db
    .select({
      id: updates.id,
      mentionsMe: mentioning(viewer),
      blocker: isBlocker,
      questionId: answers.question,
    })
    .from(answers)
    .innerJoin(rounds, eq(rounds.id, answers.roundId))
    .innerJoin(updates, eq(updates.id, answers.updateId))
    .innerJoin(users, eq(users.id, updates.authorId))
    .leftJoin(videos, and(eq(videos.updateId, updates.id), isNull(videos.commentId)))
    .leftJoin(views, and(eq(views.updateId, updates.id), eq(views.userId, viewer.id)))
    .where(and(eq(answers.roundId, round.id), visibleTo(viewer), isThere, onlyUnseen ? isUnseenBy(viewer) : undefined))
    .orderBy(sorted(viewer), asc(users.name), asc(users.id), sql`${place} nulls first`, asc(updates.publishedAt), asc(updates.id))
  return found.map(({ questionId, ...each }) => ({ ...each, question: asked.get(questionId ?? '') ?? null }))
}

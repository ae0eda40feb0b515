import type { DecisionDraft } from '@meanwhile/shared/contract/decisions'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { agreementOf } from '@meanwhile/shared/db/agreement'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { peopleOfPlace } from '@meanwhile/shared/db/deciders'
import { clipBefore } from '@meanwhile/shared/db/decision-log'
import { inArray } from 'drizzle-orm'
import { type CommentRow, requireReadableComment } from '../comments/access.ts'
import { addComment } from '../comments/add-comment.ts'
import { requirePeople } from '../comments/people.ts'
import type { Viewer } from '../session.ts'
import type { SeenUpdate } from '../updates/access.ts'
import { requireWithinVideo } from '../videos/within-video.ts'
import { defaultDeadline } from './default-deadline.ts'

const { decisionPeople, decisions, users } = schema

const longestMs = 366 * 86_400_000

const refuse = (field: string, message: string) =>
  new ProblemError('invalid-request', undefined, { errors: [{ field, message }] })

const calendarColumns = { id: users.id, timeZone: users.timeZone, workingHours: users.workingHours, daysOff: users.daysOff }

/** When it closes: as was chosen, else when all who decide had the time for it. @throws {ProblemError} `invalid-request` */
async function closingTime(
  tx: Db,
  author: Viewer,
  updateId: string,
  { closesAt, deciderIds }: DecisionDraft,
  now: Date,
): Promise<Date> {
  if (closesAt && (closesAt <= now || closesAt.getTime() - now.getTime() > longestMs))
    throw refuse('closesAt', 'must be a moment within the next year')
  if (closesAt) return closesAt
  const deciders = deciderIds
    ? await tx.select(calendarColumns).from(users).where(inArray(users.id, deciderIds))
    : await peopleOfPlace(tx, updateId)
  return defaultDeadline(await agreementOf(tx, author.workspace.id), deciders, now)
}

/** @throws {ProblemError} `comment-out-of-range`, `person-not-found`, `invalid-request` */
async function addRound(tx: Db, author: Viewer, draft: DecisionDraft, comment: CommentRow, now: Date) {
  const { id: commentId, updateId } = comment
  const clip = draft.clip === undefined ? clipBefore(comment) : draft.clip
  if (draft.clip) await requireWithinVideo(tx, updateId, draft.clip.toMs)
  await requirePeople(tx, { id: updateId }, author, draft.deciderIds ?? [])
  const closesAt = await closingTime(tx, author, updateId, draft, now)
  const range = { clipFromMs: clip?.fromMs ?? null, clipToMs: clip?.toMs ?? null }
  await tx
    .insert(decisions)
    .values({ commentId, decidedByAll: draft.deciderIds === null, options: draft.options, closesAt, createdAt: now, ...range })
  const people = [...new Set(draft.deciderIds ?? [])].map((userId) => ({ commentId, userId }))
  if (people.length > 0) await tx.insert(decisionPeople).values(people)
}

/**
 * Lets people decide: a comment of the type decision, and its round. The same id with the same content again adds nothing.
 * @throws {ProblemError} as `addComment`, and `invalid-request`
 */
export async function openDecision(db: Db, update: SeenUpdate, author: Viewer, draft: DecisionDraft, now = new Date()) {
  const { fromId, text, atMs, endMs, supersedesId } = draft
  if (fromId) {
    const from = await requireReadableComment(db, fromId, author).catch(() => null)
    if (from?.update.id !== update.id || !from.comment.publishedAt) throw new ProblemError('parent-not-found')
  }
  const comment = {
    ...(draft.id ? { id: draft.id } : {}),
    ...{ text, parentId: fromId, supersedesId, type: 'decision' as const },
    ...(fromId ? { atMs: null, endMs: null } : { atMs, endMs }),
    ...{ ownerId: null, mentions: [], drawing: null },
  }
  return addComment(db, update, author, comment, {
    admit: async () => {},
    now,
    join: (tx, added) => addRound(tx, author, draft, added, now),
  })
}

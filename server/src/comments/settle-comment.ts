import type { CommentHistory, TrailWhat } from '@meanwhile/shared/contract/comments'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { notifyPeople, tellOfComment } from '@meanwhile/shared/db/announce-comment'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { dueAtOf } from '@meanwhile/shared/db/due-at'
import { tellWebhooksOf } from '@meanwhile/shared/db/tell-webhooks'
import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { personColumns } from '../people/person-columns.ts'
import type { Viewer } from '../session.ts'
import { requireWithinVideo } from '../videos/within-video.ts'
import { type CommentOfUpdate, type CommentRow, canReadComment, isPublishedFor } from './access.ts'
import { withdrawNotifications } from './change-comment.ts'

const { comments, commentTrail, commentVersions, notifications, users } = schema

type Change = Parameters<ReturnType<Db['update']>['set']>[0] & Partial<{ [key in keyof CommentRow]: unknown }>

/** Changes a comment, notes who did so, and tells the open pages. */
async function settle(tx: Db, { comment, update }: CommentOfUpdate, by: Viewer, what: TrailWhat | null, change: Change) {
  const after = one(
    await tx
      .update(comments)
      .set(change as Partial<CommentRow>)
      .where(eq(comments.id, comment.id))
      .returning(),
  )
  if (what) await tx.insert(commentTrail).values({ commentId: comment.id, actorId: by.id, what })
  await tellOfComment(tx, update, after)
}

/** The row as it is now, so that doing a thing twice leaves one trace. */
const hold = async (tx: Db, { comment }: CommentOfUpdate): Promise<CommentRow> =>
  one(await tx.select().from(comments).where(eq(comments.id, comment.id)).for('update'))

type Answer = { atMs: number | null; answerId: string | null }

/** @throws {ProblemError} `answer-not-found`, `comment-out-of-range` */
async function requireAnswer(tx: Db, { comment, update }: CommentOfUpdate, by: Viewer, { atMs, answerId }: Answer) {
  if (atMs !== null) await requireWithinVideo(tx, update.id, atMs)
  if (answerId === null) return
  const isThere = and(eq(comments.id, answerId), eq(comments.updateId, update.id), isNull(comments.deletedAt), isPublishedFor(by))
  const [answer] = await tx.select().from(comments).where(isThere)
  if (!answer || answer.id === comment.id || !canReadComment(answer, update, by)) throw new ProblemError('answer-not-found')
}

/** Says that a comment is answered or done, and where; its author hears of it. @throws {ProblemError} as `requireAnswer` */
export const resolveComment = (db: Db, found: CommentOfUpdate, by: Viewer, answer: Answer): Promise<void> =>
  db.transaction(async (tx) => {
    const before = await hold(tx, found)
    await requireAnswer(tx, found, by, answer)
    const place = { answerAtMs: answer.atMs, answerId: answer.answerId }
    if (before.resolvedAt) return settle(tx, found, by, null, place)
    await settle(tx, found, by, 'resolved', { ...place, resolvedAt: sql`now()`, resolvedById: by.id })
    await notifyPeople(tx, { ...found, actorId: by.id }, new Map([[before.authorId, 'resolved']]))
    await tellWebhooksOf(tx, found.update.id, 'question.resolved', { commentId: before.id, commentType: before.type })
  })

/** Whoever is asked again has their time again. */
export const reopenComment = (db: Db, found: CommentOfUpdate, by: Viewer, now: Date): Promise<void> =>
  db.transaction(async (tx) => {
    const before = await hold(tx, found)
    if (!before.resolvedAt) return
    const isAhead = before.dueIsChosen && before.dueAt !== null && before.dueAt > now
    const due = isAhead ? {} : { dueAt: await dueAtOf(tx, found.update, before, now), dueIsChosen: false }
    await settle(tx, found, by, 'reopened', { resolvedAt: null, resolvedById: null, answerAtMs: null, answerId: null, ...due })
    const isTold = and(eq(notifications.commentId, found.comment.id), eq(notifications.kind, 'resolved'))
    await withdrawNotifications(tx, found.update.workspaceId, isTold)
  })

/** Takes a comment out of sight of most people. */
export const hideComment = (db: Db, found: CommentOfUpdate, by: Viewer): Promise<void> =>
  db.transaction(async (tx) => {
    if ((await hold(tx, found)).hiddenAt) return
    await settle(tx, found, by, 'hidden', { hiddenAt: sql`now()`, hiddenById: by.id })
  })

export const showComment = (db: Db, found: CommentOfUpdate, by: Viewer): Promise<void> =>
  db.transaction(async (tx) => {
    if (!(await hold(tx, found)).hiddenAt) return
    await settle(tx, found, by, 'shown', { hiddenAt: null, hiddenById: null })
  })

const longest = 200

/** What a comment said before, and who hid or resolved it. Those who cannot read it are told the second alone. */
export async function historyOf(db: Db, { comment, update }: CommentOfUpdate, viewer: Viewer): Promise<CommentHistory> {
  const trail = await db
    .select({ what: commentTrail.what, by: personColumns(users), at: commentTrail.createdAt })
    .from(commentTrail)
    .innerJoin(users, eq(users.id, commentTrail.actorId))
    .where(eq(commentTrail.commentId, comment.id))
    .orderBy(desc(commentTrail.id))
    .limit(longest)
  if (!canReadComment(comment, update, viewer)) return { versions: [], trail: trail.reverse() }
  const before = await db
    .select({ text: commentVersions.text, writtenAt: commentVersions.writtenAt })
    .from(commentVersions)
    .where(eq(commentVersions.commentId, comment.id))
    .orderBy(desc(commentVersions.id))
    .limit(longest - 1)
  const now = { text: comment.text, writtenAt: comment.editedAt ?? comment.createdAt }
  return { versions: [...before.reverse(), now], trail: trail.reverse() }
}

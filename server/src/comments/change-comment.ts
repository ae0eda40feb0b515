import type { CommentChange } from '@meanwhile/shared/contract/comments'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { announceEdit, tellOfComment } from '@meanwhile/shared/db/announce-comment'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { lockVideo } from '@meanwhile/shared/db/finish'
import { notify } from '@meanwhile/shared/db/notify'
import { eq, sql } from 'drizzle-orm'
import type { UpdateRow } from '../updates/access.ts'
import { refuseApart } from '../updates/apart.ts'
import type { CommentOfUpdate, CommentRow } from './access.ts'
import { dueAfter } from './due.ts'
import { requirePeople } from './people.ts'

const { commentReactions, comments, commentVersions, mentions, notifications, videos } = schema

const refuse = (field: string, message: string) =>
  new ProblemError('invalid-request', undefined, { errors: [{ field, message }] })

/** The row as it is now, held until the transaction ends. @throws {ProblemError} `not-found` when it was deleted meanwhile */
async function holdComment(tx: Db, commentId: string): Promise<CommentRow> {
  const [comment] = await tx.select().from(comments).where(eq(comments.id, commentId)).for('update')
  if (!comment || comment.deletedAt) throw new ProblemError('not-found')
  return comment
}

async function requireContent(tx: Db, { id, drawing }: CommentRow) {
  const [video] = await tx.select({ id: videos.id }).from(videos).where(eq(videos.commentId, id))
  if (!drawing && !video) throw refuse('text', 'must not be empty without a drawing or a video')
}

/** Who is asked, after a change. Whoever stops being asked is simply not asked any more. */
function ownerAfter(before: CommentRow, change: CommentChange): string | null {
  const type = change.type ?? before.type
  const { ownerId } = change
  const hasOwner = type === 'question' || type === 'action'
  if (!hasOwner && ownerId) throw refuse('ownerId', 'is for questions and actions')
  return hasOwner ? (ownerId === undefined ? before.ownerId : ownerId) : null
}

/** Who was named already may have left since: only the new ones must see it. @throws {ProblemError} `person-not-found` */
async function replaceMentions(tx: Db, update: UpdateRow, { id: commentId, authorId }: CommentRow, userIds: string[]) {
  const before = await tx.delete(mentions).where(eq(mentions.commentId, commentId)).returning({ id: mentions.userId })
  const known = new Set(before.map(({ id }) => id))
  const fresh = userIds.filter((id) => !known.has(id))
  await requirePeople(tx, update, { id: authorId }, fresh)
  const rows = [...new Set(userIds)].map((userId) => ({ commentId, userId }))
  if (rows.length > 0) await tx.insert(mentions).values(rows)
}

/** Changes a comment; what it said before stays in its history. @throws {ProblemError} `invalid-request`, `person-not-found` */
export const editComment = (
  db: Db,
  { comment: { id }, update }: CommentOfUpdate,
  change: CommentChange,
  now: Date,
): Promise<void> =>
  db.transaction(async (tx) => {
    const before = await holdComment(tx, id)
    if (before.type === 'decision' && (before.publishedAt || change.type)) throw new ProblemError('decision-final')
    const { text = before.text, type = before.type } = change
    if (type === 'decision') refuseApart(update, 'Decisions are made where the team reads them.')
    if (text === '') await requireContent(tx, before)
    const ownerId = ownerAfter(before, change)
    if (ownerId && ownerId !== before.ownerId) await requirePeople(tx, update, { id: before.authorId }, [ownerId])
    if (change.mentions) await replaceMentions(tx, update, before, change.mentions)
    const isReworded = text !== before.text
    if (isReworded)
      await tx
        .insert(commentVersions)
        .values({ commentId: id, text: before.text, writtenAt: before.editedAt ?? before.createdAt })
    const { dueAt, dueIsChosen } = await dueAfter(tx, update, before, change, { type, ownerId }, now)
    const set = { text, type, ownerId, dueAt, dueIsChosen, ...(isReworded ? { editedAt: sql`now()` } : {}) }
    const after = one(await tx.update(comments).set(set).where(eq(comments.id, id)).returning())
    await announceEdit(tx, update, after)
  })

/** Takes notifications back, and tells those who had them. */
export async function withdrawNotifications(
  tx: Db,
  workspaceId: string,
  which: Parameters<ReturnType<Db['delete']>['where']>[0],
) {
  const gone = await tx.delete(notifications).where(which).returning({ userId: notifications.userId })
  for (const userId of new Set(gone.map((each) => each.userId)))
    await notify(tx, workspaceId, { type: 'notification' }, { userId })
}

/**
 * Deletes all that was said: text, history, drawing, video. The empty place stays while there are replies, and so that the same comment
 * sent again is not added again.
 * @returns ids of the videos whose objects are to be deleted once this is committed
 */
export const deleteComment = (db: Db, { comment: { id }, update }: CommentOfUpdate): Promise<string[]> =>
  db.transaction(async (tx) => {
    const [own] = await tx.select({ id: videos.id }).from(videos).where(eq(videos.commentId, id))
    if (own) {
      await lockVideo(tx, own.id)
      await tx.delete(videos).where(eq(videos.id, own.id))
    }
    const comment = await holdComment(tx, id)
    await tx.delete(commentVersions).where(eq(commentVersions.commentId, id))
    await tx.delete(mentions).where(eq(mentions.commentId, id))
    await tx.delete(commentReactions).where(eq(commentReactions.commentId, id))
    await tx.update(comments).set({ answerId: null }).where(eq(comments.answerId, id))
    await tx.update(comments).set({ text: '', drawing: null, ownerId: null, deletedAt: sql`now()` }).where(eq(comments.id, id))
    await withdrawNotifications(tx, update.workspaceId, eq(notifications.commentId, id))
    await tellOfComment(tx, update, comment)
    return own ? [own.id] : []
  })

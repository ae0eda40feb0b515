import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { NotificationKind } from '../contract/notifications.ts'
import { type Db, one } from './client.ts'
import { decidersOf } from './deciders.ts'
import { logStatement } from './decision-log.ts'
import { dueAtOf } from './due-at.ts'
import { notify, notifyEach } from './notify.ts'
import { comments, mentions } from './schema/comments.ts'
import { notifications } from './schema/notifications.ts'
import { users } from './schema/people.ts'
import { updates } from './schema/updates.ts'
import { peopleWhoSee } from './sees-update.ts'
import { tellWebhooksOf } from './tell-webhooks.ts'

type Comment = typeof comments.$inferSelect
type Update = Pick<typeof updates.$inferSelect, 'id' | 'workspaceId' | 'authorId'>

/** Who is concerned by a new comment, and why; of several reasons the one that asks most of them. */
async function concernedBy(tx: Db, update: Update, comment: Comment): Promise<Map<string, NotificationKind>> {
  const concerned = new Map<string, NotificationKind>([[update.authorId, 'answered']])
  if (comment.parentId) {
    const [parent] = await tx.select({ authorId: comments.authorId }).from(comments).where(eq(comments.id, comment.parentId))
    if (parent) concerned.set(parent.authorId, 'answered')
  }
  const named = await tx.select({ id: mentions.userId }).from(mentions).where(eq(mentions.commentId, comment.id))
  for (const { id } of named) concerned.set(id, 'mentioned')
  if (comment.ownerId) concerned.set(comment.ownerId, 'asked')
  if (comment.type === 'decision') for (const { id } of await decidersOf(tx, comment.id)) concerned.set(id, 'decide')
  concerned.delete(comment.authorId)
  return concerned
}

/** Of some people, those who can see the update. */
export async function seeing(tx: Db, update: Pick<Update, 'id'>, userIds: string[]): Promise<string[]> {
  if (userIds.length === 0) return []
  const rows = await tx
    .select({ id: users.id })
    .from(users)
    .innerJoin(updates, and(eq(updates.id, update.id), isNull(updates.trashedAt)))
    .where(and(inArray(users.id, userIds), sql`${users.id} in ${peopleWhoSee()}`))
  return rows.map(({ id }) => id)
}

type Told = { update: Update; comment: Pick<Comment, 'id'>; actorId: string; evenActor?: boolean }

/**
 * Notifies people of a comment, each of them once for the same reason, and tells their open pages. Nobody is notified of what they
 * cannot see, nor, without `evenActor`, of what they did themselves.
 */
export async function notifyPeople(
  tx: Db,
  { update, comment, actorId, evenActor = false }: Told,
  concerned: Map<string, NotificationKind>,
): Promise<void> {
  const rows = (await seeing(tx, update, [...concerned.keys()])).flatMap((userId) => {
    const kind = concerned.get(userId)
    return kind && (evenActor || userId !== actorId)
      ? [{ userId, kind, actorId, updateId: update.id, commentId: comment.id }]
      : []
  })
  if (rows.length === 0) return
  const fresh = await tx.insert(notifications).values(rows).onConflictDoNothing().returning({ userId: notifications.userId })
  await notifyEach(
    tx,
    update.workspaceId,
    { type: 'notification' },
    fresh.map(({ userId }) => userId),
  )
}

/** Tells everybody who looks at the update that a comment changed; one that is not published yet, its author alone. */
export const tellOfComment = (
  tx: Db,
  update: Pick<Update, 'id' | 'workspaceId'>,
  { id, authorId, publishedAt }: Pick<Comment, 'id' | 'authorId' | 'publishedAt'>,
): Promise<void> =>
  notify(tx, update.workspaceId, { type: 'comment', updateId: update.id, commentId: id }, publishedAt ? {} : { userId: authorId })

/** A comment is there for others from now on: pages hear of it, and whom it concerns is notified. */
export async function announceComment(tx: Db, update: Update, comment: Comment): Promise<void> {
  await tellOfComment(tx, update, comment)
  if (!comment.publishedAt) return
  await notifyPeople(tx, { update, comment, actorId: comment.authorId }, await concernedBy(tx, update, comment))
  if (comment.type === 'decision') await logStatement(tx, comment)
  await tellWebhooksOf(tx, update.id, 'comment.added', {
    commentId: comment.id,
    commentType: comment.type,
    commentAuthorId: comment.authorId,
  })
}

/** Whom an edit concerns that it did not concern before: who was notified of this comment is not notified again. */
export async function announceEdit(tx: Db, update: Update, comment: Comment): Promise<void> {
  await tellOfComment(tx, update, comment)
  if (!comment.publishedAt) return
  const concerned = await concernedBy(tx, update, comment)
  const told = await tx
    .select({ userId: notifications.userId, kind: notifications.kind })
    .from(notifications)
    .where(eq(notifications.commentId, comment.id))
  for (const { userId, kind } of told)
    if (kind === 'asked' || kind === 'urgent' || concerned.get(userId) !== 'asked') concerned.delete(userId)
  await notifyPeople(tx, { update, comment, actorId: comment.authorId }, concerned)
}

/** The video of a comment is finished: the comment is published, once; whoever is asked has their time from then on. */
export async function publishComment(tx: Db, commentId: string, now = new Date()): Promise<void> {
  const { comment, update } = one(
    await tx
      .select({ comment: comments, update: updates })
      .from(comments)
      .innerJoin(updates, eq(updates.id, comments.updateId))
      .where(eq(comments.id, commentId)),
  )
  if (comment.publishedAt) return tellOfComment(tx, update, comment)
  const dueAt = comment.dueIsChosen ? comment.dueAt : await dueAtOf(tx, update, comment, now)
  const published = one(
    await tx.update(comments).set({ publishedAt: sql`now()`, dueAt }).where(eq(comments.id, commentId)).returning(),
  )
  await announceComment(tx, update, published)
}

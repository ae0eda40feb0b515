import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, isNotNull, or } from 'drizzle-orm'
import type { AnyPgColumn } from 'drizzle-orm/pg-core'
import type { Reader, Viewer } from '../session.ts'
import { type Moderated, mayModerate, readsComments, type SeenUpdate, seenColumns, visibleTo } from '../updates/access.ts'

const { comments, updates } = schema
export type CommentRow = typeof comments.$inferSelect
export type CommentOfUpdate = { comment: CommentRow; update: SeenUpdate }

/** Whether somebody who sees the update can read a comment on it: it is hidden from most when it was taken out of sight. */
export const canReadComment = (
  { authorId, publishedAt, deletedAt, hiddenAt }: Pick<CommentRow, 'authorId' | 'publishedAt' | 'deletedAt' | 'hiddenAt'>,
  update: Moderated,
  viewer: Reader,
): boolean =>
  deletedAt === null &&
  readsComments(viewer) &&
  (authorId === viewer.id || (publishedAt !== null && (hiddenAt === null || mayModerate(update, viewer))))

/** Of a comment whose video is recorded only its author knows. @param table an alias of `comments` */
export const isPublishedFor = (viewer: Pick<Reader, 'id'>, table: Record<'publishedAt' | 'authorId', AnyPgColumn> = comments) =>
  or(isNotNull(table.publishedAt), eq(table.authorId, viewer.id))

/**
 * A comment that has not been deleted, on an update that the viewer sees. It may be hidden from them.
 * @throws {ProblemError} `not-found`
 */
export async function requireVisibleComment(db: Db, commentId: string, viewer: Reader): Promise<CommentOfUpdate> {
  const [found] = await db
    .select({ comment: comments, update: seenColumns(viewer) })
    .from(comments)
    .innerJoin(updates, eq(updates.id, comments.updateId))
    .where(and(eq(comments.id, commentId), isPublishedFor(viewer), visibleTo(viewer)))
    .prepare('visible-comment')
    .execute()
  if (!found || found.comment.deletedAt || !readsComments(viewer)) throw new ProblemError('not-found')
  return found
}

/** One that the viewer can read. @throws {ProblemError} `not-found` */
export async function requireReadableComment(db: Db, commentId: string, viewer: Reader): Promise<CommentOfUpdate> {
  const found = await requireVisibleComment(db, commentId, viewer)
  if (!canReadComment(found.comment, found.update, viewer)) throw new ProblemError('not-found')
  return found
}

/**
 * A comment that the viewer may change or delete.
 * @throws {ProblemError} `not-found`, `forbidden` when somebody else wrote it, `decision-final`
 */
export async function requireOwnComment(db: Db, commentId: string, viewer: Reader): Promise<CommentOfUpdate> {
  const found = await requireVisibleComment(db, commentId, viewer)
  if (found.comment.authorId !== viewer.id) throw new ProblemError('forbidden', 'Only the person who wrote it can change it.')
  // One that nobody has seen yet can still be thrown away.
  if (found.comment.type === 'decision' && found.comment.publishedAt) throw new ProblemError('decision-final')
  return found
}

/** @throws {ProblemError} `not-found`, or `forbidden` for those who may not hide it */
export async function requireModeratedComment(db: Db, commentId: string, viewer: Viewer): Promise<CommentOfUpdate> {
  const found = await requireVisibleComment(db, commentId, viewer)
  if (!mayModerate(found.update, viewer))
    throw new ProblemError('forbidden', 'Only the author of the update or an admin can hide a comment.')
  return found
}

/** Whose matter a comment is: who wrote it, who is asked, and those who may hide it. */
export const mayResolve = (
  { comment, update }: { comment: Pick<CommentRow, 'authorId' | 'ownerId' | 'type'>; update: Moderated },
  viewer: Reader,
): boolean =>
  viewer.role !== 'guest' &&
  comment.type !== 'decision' &&
  (comment.authorId === viewer.id || comment.ownerId === viewer.id || mayModerate(update, viewer))

/** @throws {ProblemError} `not-found`, `decision-final`, or `forbidden` for those whom it does not concern */
export async function requireResolvableComment(db: Db, commentId: string, viewer: Viewer): Promise<CommentOfUpdate> {
  const found = await requireReadableComment(db, commentId, viewer)
  if (found.comment.type === 'decision') throw new ProblemError('decision-final', 'There is nothing to resolve in a decision.')
  if (!mayResolve(found, viewer))
    throw new ProblemError('forbidden', 'Only who wrote it, who is asked, the author of the update or an admin can do this.')
  return found
}

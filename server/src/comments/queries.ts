import type { Comment, CommentDraft } from '@meanwhile/shared/contract/comments'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'

const { comments, users, videos } = schema

/** A comment may be this much behind the last frame: players round. */
const toleranceMs = 1000

const withAuthor = (db: Db) =>
  db
    .select({
      id: comments.id,
      updateId: comments.updateId,
      parentId: comments.parentId,
      author: { id: users.id, name: users.name },
      text: sql<string>`case when ${comments.deletedAt} is null then ${comments.text} else '' end`,
      atMs: comments.atMs,
      endMs: comments.endMs,
      createdAt: comments.createdAt,
      editedAt: comments.editedAt,
      deleted: sql<boolean>`${comments.deletedAt} is not null`,
    })
    .from(comments)
    .innerJoin(users, eq(users.id, comments.authorId))

const hasReplies = sql`exists (select 1 from comments reply where reply.parent_id = ${comments.id} and reply.deleted_at is null)`

/** By moment (those on the whole update last), replies after their parent in the order they were written. */
export async function commentsOn(db: Db, updateId: string): Promise<Comment[]> {
  const rows = await withAuthor(db)
    .where(and(eq(comments.updateId, updateId), or(isNull(comments.deletedAt), hasReplies)))
    .orderBy(sql`${comments.atMs} asc nulls last`, asc(comments.createdAt))
  const replies = rows.filter(({ parentId }) => parentId !== null).sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())
  return rows
    .filter(({ parentId }) => parentId === null)
    .flatMap((parent) => [parent, ...replies.filter(({ parentId }) => parentId === parent.id)])
}

export const commentById = async (db: Db, commentId: string): Promise<Comment> =>
  one(await withAuthor(db).where(eq(comments.id, commentId)))

/** Replies are one level deep: an answer to a reply joins its parent, and takes over the moment. */
async function placeOf(db: Db, updateId: string, { parentId, atMs, endMs }: CommentDraft) {
  if (parentId === null) return { parentId, atMs, endMs }
  const [parent] = await db
    .select()
    .from(comments)
    .where(and(eq(comments.id, parentId), eq(comments.updateId, updateId)))
  if (!parent) throw new ProblemError('parent-not-found')
  return { parentId: parent.parentId ?? parent.id, atMs: parent.atMs, endMs: parent.endMs }
}

async function requireWithinVideo(db: Db, updateId: string, lastMs: number) {
  const [video] = await db.select({ durationMs: videos.durationMs }).from(videos).where(eq(videos.updateId, updateId))
  if (!video) throw new ProblemError('comment-out-of-range', 'This update has no video; comment on the whole of it.')
  if (video.durationMs !== null && lastMs > video.durationMs + toleranceMs)
    throw new ProblemError('comment-out-of-range', `The video is ${video.durationMs} ms long.`)
}

/** @throws {ProblemError} `parent-not-found`, `comment-out-of-range` */
export async function addComment(db: Db, updateId: string, authorId: string, draft: CommentDraft): Promise<Comment> {
  const place = await placeOf(db, updateId, draft)
  if (place.atMs !== null) await requireWithinVideo(db, updateId, place.endMs ?? place.atMs)
  const { id } = one(
    await db
      .insert(comments)
      .values({ updateId, authorId, text: draft.text, ...place })
      .returning({ id: comments.id }),
  )
  return commentById(db, id)
}

export async function editComment(db: Db, commentId: string, text: string): Promise<Comment> {
  await db.update(comments).set({ text, editedAt: sql`now()` }).where(eq(comments.id, commentId))
  return commentById(db, commentId)
}

/** The text is gone; the place stays while there are replies. */
export async function deleteComment(db: Db, commentId: string) {
  await db.update(comments).set({ text: '', deletedAt: sql`now()` }).where(eq(comments.id, commentId))
}

import type { Comment, CommentFilter } from '@meanwhile/shared/contract/comments'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { momentOrder } from '@meanwhile/shared/db/schema/comments'
import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { type AnyPgColumn, alias } from 'drizzle-orm/pg-core'
import * as z from 'zod'
import { CursorTime, encodeCursor } from '../cursor.ts'
import type { Reader } from '../session.ts'
import { isPublishedFor } from './access.ts'
import { type Showing, selectComments, shownComment } from './comment-view.ts'

const { comments } = schema
const reply = alias(comments, 'reply')
const member = alias(comments, 'member')

/** The thread behind which a page starts: its moment, when it was written, its id. */
export const CommentCursor = z.tuple([z.int().min(0).max(86_400_001), CursorTime, z.uuid()])
type CommentCursor = z.infer<typeof CommentCursor>

/** As in the index: a comment and its replies have this in common. */
const threadOf = (table: Record<'parentId' | 'id', AnyPgColumn>) => sql`coalesce(${table.parentId}, ${table.id})`

/** A deleted comment keeps its place while it has replies; those of a few deleted ones are looked up, never all that there are. */
const isListed = (viewer: Reader) =>
  and(
    isPublishedFor(viewer),
    sql`(${comments.deletedAt} is null or (select true from ${comments} ${sql.identifier('reply')}
      where ${threadOf(reply)} = ${comments.id} and ${reply.parentId} is not null and ${reply.deletedAt} is null and ${isPublishedFor(viewer, reply)} limit 1))`,
  )

const isTask = sql`${member.type} in ('question', 'action')`
/** Nobody is asked to settle what was taken out of sight. */
const isOpen = sql`${isTask} and ${member.resolvedAt} is null and ${member.hiddenAt} is null`
const isSettled = sql`${isTask} and ${member.resolvedAt} is not null`

/** What a comment has to be for its thread to be listed; undefined when everything is. */
function fits(viewer: Reader, { type, open, mine, person }: CommentFilter): SQL | undefined {
  const isNamed = sql`exists (select 1 from mentions where mentions.comment_id = ${member.id} and mentions.user_id = ${viewer.id})`
  return and(
    type ? sql`${member.type} = ${type}` : undefined,
    open === true ? isOpen : undefined,
    open === false ? isSettled : undefined,
    mine ? sql`(${member.authorId} = ${viewer.id} or ${member.ownerId} = ${viewer.id} or ${isNamed})` : undefined,
    person ? sql`(${member.authorId} = ${person} or ${member.ownerId} = ${person})` : undefined,
  )
}

function someMember(updateId: string, viewer: Reader, filter: CommentFilter): SQL | undefined {
  const isWanted = fits(viewer, filter)
  return (
    isWanted &&
    sql`${comments.id} in (select ${threadOf(member)} from ${comments} ${sql.identifier('member')}
      where ${member.updateId} = ${updateId} and ${member.deletedAt} is null and ${isPublishedFor(viewer, member)} and ${isWanted})`
  )
}

type Page = CommentFilter & { limit: number; cursor?: CommentCursor | undefined }

/** The threads of a page and one more, in order: those on the whole update last, at one moment the older first. */
function threadsOf(db: Db, updateId: string, viewer: Reader, { limit, cursor, ...filter }: Page) {
  const moment = momentOrder(comments.atMs)
  const isBehind =
    cursor &&
    sql`(${moment}, ${comments.createdAt}, ${comments.id}) > (${cursor[0]}::int, ${cursor[1]}::timestamptz, ${cursor[2]}::uuid)`
  return db
    .select({ id: comments.id, moment: moment.as('moment'), writtenAt: sql`${comments.createdAt}`.as('written_at') })
    .from(comments)
    .where(
      and(
        eq(comments.updateId, updateId),
        isNull(comments.parentId),
        isListed(viewer),
        isBehind,
        someMember(updateId, viewer, filter),
      ),
    )
    .orderBy(moment, asc(comments.createdAt), asc(comments.id))
    .limit(limit + 1)
    .as('threads')
}

/** One page of comments, in one query: replies after their parent, in the order in which they were written. */
export const commentPage = (db: Db, updateId: string, viewer: Reader, page: Page) => {
  const threads = threadsOf(db, updateId, viewer, page)
  return selectComments(db, viewer)
    .innerJoin(threads, sql`${threadOf(comments)} = ${threads.id}`)
    .where(and(eq(comments.updateId, updateId), isListed(viewer)))
    .orderBy(
      threads.moment,
      threads.writtenAt,
      threads.id,
      sql`${comments.parentId} is not null`,
      asc(comments.createdAt),
      asc(comments.id),
    )
}

/** Comments on an update that the viewer sees. `limit` counts threads. */
export async function commentsOn(
  db: Db,
  updateId: string,
  showing: Showing,
  page: Page,
): Promise<{ items: Comment[]; nextCursor: string | null }> {
  const rows = await commentPage(db, updateId, showing.viewer, page).prepare('comments').execute()
  const starts = rows.flatMap(({ comment }, index) => (comment.parentId === null ? [index] : []))
  const end = starts[page.limit] ?? rows.length
  const last = rows[starts[page.limit - 1] ?? -1]?.comment
  const nextCursor =
    end < rows.length && last ? encodeCursor([last.atMs ?? 86_400_001, last.createdAt.toISOString(), last.id]) : null
  return { items: rows.slice(0, end).map((row) => shownComment(row, showing)), nextCursor }
}

/** One comment as the list shows it; undefined when it is not listed. @param options.evenGone a deleted one too, whose place is not kept */
export async function findComment(
  db: Db,
  commentId: string,
  showing: Showing,
  options: { evenGone?: boolean } = {},
): Promise<Comment | undefined> {
  const isShown = options.evenGone ? isPublishedFor(showing.viewer) : isListed(showing.viewer)
  const [row] = await selectComments(db, showing.viewer).where(and(eq(comments.id, commentId), isShown))
  return row && shownComment(row, showing)
}

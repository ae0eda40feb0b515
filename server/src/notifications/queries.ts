import type { Notification } from '@meanwhile/shared/contract/notifications'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import { and, count, desc, eq, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { type Cursor, cursorOf, isBefore } from '../cursor.ts'
import { authorColumns } from '../people/person-columns.ts'
import type { Viewer } from '../session.ts'
import { visibleTo } from '../updates/access.ts'

const { comments, notifications, updates, users, videos } = schema

const isAsking = sql`exists (select from update_asks asks where asks.update_id = ${notifications.updateId} and asks.user_id = ${notifications.actorId} and asks.declined_at is null)`

/** Of this viewer, about what they can still see, and what still is so. Lists and counts share it, so that they agree. */
const ofViewer = (viewer: Viewer) =>
  and(
    eq(notifications.userId, viewer.id),
    visibleTo(viewer),
    isNull(comments.deletedAt),
    isNull(comments.hiddenAt),
    or(isNull(notifications.commentId), isNotNull(comments.publishedAt)),
    or(isNull(notifications.videoId), isNotNull(videos.recoveredAt)),
    or(ne(notifications.kind, 'expiring'), and(isNotNull(updates.warnedAt), isNull(updates.keptAt))),
    or(ne(notifications.kind, 'access-asked'), isAsking),
  )

export async function countUnread(db: Db, viewer: Viewer): Promise<number> {
  const { unread } = one(
    await db
      .select({ unread: count() })
      .from(notifications)
      .innerJoin(updates, eq(updates.id, notifications.updateId))
      .leftJoin(comments, eq(comments.id, notifications.commentId))
      .leftJoin(videos, eq(videos.id, notifications.videoId))
      .where(and(ofViewer(viewer), isNull(notifications.readAt))),
  )
  return unread
}

type Page = { limit: number; cursor?: Cursor | undefined; unread?: boolean | undefined }

export async function notificationsOf(
  db: Db,
  viewer: Viewer,
  { limit, cursor, unread }: Page,
): Promise<{ items: Notification[]; nextCursor: string | null; unread: number }> {
  const rows = await db
    .select({
      id: notifications.id,
      kind: notifications.kind,
      actor: authorColumns(),
      update: { id: updates.id, title: updates.title },
      comment: { id: comments.id, type: comments.type, text: sql<string>`left(${comments.text}, 200)`, atMs: comments.atMs },
      recoveredMs: videos.durationMs,
      createdAt: notifications.createdAt,
      readAt: notifications.readAt,
    })
    .from(notifications)
    .innerJoin(updates, eq(updates.id, notifications.updateId))
    .leftJoin(comments, eq(comments.id, notifications.commentId))
    .leftJoin(videos, eq(videos.id, notifications.videoId))
    .innerJoin(users, eq(users.id, notifications.actorId))
    .where(
      and(
        ofViewer(viewer),
        unread === undefined ? undefined : (unread ? isNull : isNotNull)(notifications.readAt),
        cursor && isBefore(cursor, notifications),
      ),
    )
    .orderBy(desc(notifications.createdAt), desc(notifications.id))
    .limit(limit + 1)
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? cursorOf(last) : null, unread: await countUnread(db, viewer) }
}

/** Marks what fits in the viewer's workspace and is not marked so yet; the other tabs hear of it. */
const mark = (db: Db, viewer: Viewer, isRead: boolean, which: SQL | undefined) =>
  db.transaction(async (tx) => {
    const marked = await tx
      .update(notifications)
      .set({ readAt: isRead ? sql`now()` : null })
      .where(
        and(
          eq(notifications.userId, viewer.id),
          sql`${notifications.updateId} in (select id from updates where workspace_id = ${viewer.workspace.id} union select update_id from update_grants where user_id = ${viewer.id})`,
          (isRead ? isNull : isNotNull)(notifications.readAt),
          which,
        ),
      )
      .returning({ id: notifications.id })
    if (marked.length > 0) await notify(tx, viewer.workspace.id, { type: 'notification' }, { userId: viewer.id })
  })

/** @throws {ProblemError} `not-found` for one of somebody else, or about what is gone */
export async function markOne(db: Db, viewer: Viewer, notificationId: string, isRead: boolean): Promise<number> {
  const [found] = await db
    .select({ id: notifications.id })
    .from(notifications)
    .innerJoin(updates, eq(updates.id, notifications.updateId))
    .leftJoin(comments, eq(comments.id, notifications.commentId))
    .leftJoin(videos, eq(videos.id, notifications.videoId))
    .where(and(ofViewer(viewer), eq(notifications.id, notificationId)))
  if (!found) throw new ProblemError('not-found')
  await mark(db, viewer, isRead, eq(notifications.id, notificationId))
  return countUnread(db, viewer)
}

/** @param updateId those about one update alone */
export async function markAllRead(db: Db, viewer: Viewer, updateId: string | undefined): Promise<number> {
  await mark(db, viewer, true, updateId === undefined ? undefined : eq(notifications.updateId, updateId))
  return countUnread(db, viewer)
}

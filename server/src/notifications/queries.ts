import type { Notification, NotificationKind } from '@meanwhile/shared/contract/notifications'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import { isOfPairing } from '@meanwhile/shared/db/pairing-note'
import { seesCheckIn } from '@meanwhile/shared/db/sees-check-in'
import { and, count, desc, eq, isNotNull, isNull, ne, notInArray, or, type SQL, sql } from 'drizzle-orm'
import { type Cursor, cursorOf, isBefore } from '../cursor.ts'
import { authorColumns } from '../people/person-columns.ts'
import type { Viewer } from '../session.ts'
import { visibleTo } from '../updates/access.ts'

const { checkIns, comments, notifications, roundPeople, rounds, updates, urgents, users, videos } = schema

const isAsking = sql`exists (select from update_asks asks where asks.update_id = ${notifications.updateId} and asks.user_id = ${notifications.actorId} and asks.declined_at is null)`

const isPairingIn = ({ workspace }: Viewer) =>
  sql`${notifications.pairingId} in (select id from pairings where workspace_id = ${workspace.id})`

/** Of this viewer, about what they can still see, and what still is so. Lists and counts share it, so that they agree. */
const ofViewer = (viewer: Viewer) =>
  and(
    eq(notifications.userId, viewer.id),
    or(
      visibleTo(viewer),
      and(seesCheckIn({ userId: viewer.id, workspaceId: viewer.workspace.id }), eq(roundPeople.state, 'waiting')),
      and(isPairingIn(viewer), isOfPairing(viewer.id)),
    ),
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
      .leftJoin(updates, eq(updates.id, notifications.updateId))
      .leftJoin(comments, eq(comments.id, notifications.commentId))
      .leftJoin(videos, eq(videos.id, notifications.videoId))
      .leftJoin(rounds, eq(rounds.id, notifications.roundId))
      .leftJoin(checkIns, eq(checkIns.id, rounds.checkInId))
      .leftJoin(roundPeople, and(eq(roundPeople.roundId, rounds.id), eq(roundPeople.userId, notifications.userId)))
      .where(and(ofViewer(viewer), isNull(notifications.readAt))),
  )
  return unread
}

type RoundColumns = { id: string | null; checkInId: string | null; date: string | null; name: string | null; dueAt: Date | null }

/** All of a round is there, or nothing. */
const roundOf = ({ id, checkInId, date, name, dueAt }: RoundColumns) =>
  id && checkInId && date && name !== null && dueAt ? { id, checkInId, date, name, dueAt } : null

type Page = { limit: number; cursor?: Cursor | undefined; unread?: boolean | undefined; without?: NotificationKind[] | undefined }

export async function notificationsOf(
  db: Db,
  viewer: Viewer,
  { limit, cursor, unread, without }: Page,
): Promise<{ items: Notification[]; nextCursor: string | null; unread: number }> {
  const rows = await db
    .select({
      id: notifications.id,
      kind: notifications.kind,
      actor: authorColumns(),
      update: { id: updates.id, title: updates.title },
      comment: { id: comments.id, type: comments.type, text: sql<string>`left(${comments.text}, 200)`, atMs: comments.atMs },
      round: { id: rounds.id, checkInId: rounds.checkInId, date: rounds.date, name: checkIns.name, dueAt: roundPeople.dueAt },
      pairingId: notifications.pairingId,
      recoveredMs: videos.durationMs,
      reason: urgents.reason,
      createdAt: notifications.createdAt,
      readAt: notifications.readAt,
    })
    .from(notifications)
    .leftJoin(updates, eq(updates.id, notifications.updateId))
    .leftJoin(comments, eq(comments.id, notifications.commentId))
    .leftJoin(videos, eq(videos.id, notifications.videoId))
    .leftJoin(rounds, eq(rounds.id, notifications.roundId))
    .leftJoin(checkIns, eq(checkIns.id, rounds.checkInId))
    .leftJoin(roundPeople, and(eq(roundPeople.roundId, rounds.id), eq(roundPeople.userId, notifications.userId)))
    .leftJoin(
      urgents,
      and(
        eq(notifications.kind, 'urgent'),
        eq(urgents.commentId, notifications.commentId),
        eq(urgents.receiverId, notifications.userId),
      ),
    )
    .innerJoin(users, eq(users.id, notifications.actorId))
    .where(
      and(
        ofViewer(viewer),
        unread === undefined ? undefined : (unread ? isNull : isNotNull)(notifications.readAt),
        without && notInArray(notifications.kind, without),
        cursor && isBefore(cursor, notifications),
      ),
    )
    .orderBy(desc(notifications.createdAt), desc(notifications.id))
    .limit(limit + 1)
  const items = rows.slice(0, limit).map(({ round, ...row }) => ({ ...row, round: roundOf(round) }))
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
          or(
            isPairingIn(viewer),
            sql`${notifications.roundId} in (select rounds.id from rounds join check_ins on check_ins.id = rounds.check_in_id where check_ins.workspace_id = ${viewer.workspace.id})`,
            sql`${notifications.updateId} in (select id from updates where workspace_id = ${viewer.workspace.id} union select update_id from update_grants where user_id = ${viewer.id})`,
          ),
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
    .leftJoin(updates, eq(updates.id, notifications.updateId))
    .leftJoin(comments, eq(comments.id, notifications.commentId))
    .leftJoin(videos, eq(videos.id, notifications.videoId))
    .leftJoin(rounds, eq(rounds.id, notifications.roundId))
    .leftJoin(checkIns, eq(checkIns.id, rounds.checkInId))
    .leftJoin(roundPeople, and(eq(roundPeople.roundId, rounds.id), eq(roundPeople.userId, notifications.userId)))
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

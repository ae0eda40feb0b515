import type { NotificationKind } from '@meanwhile/shared/contract/notifications'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { peopleWhoSee, seesPlace } from '@meanwhile/shared/db/sees-update'
import { shownTitle } from '@meanwhile/shared/media/shown-title'
import { and, asc, eq, gt, gte, isNotNull, isNull, lt, ne, not, notInArray, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { PairingKind } from './pairing-notes.ts'

const { comments, members, notifications, updates, users, videos, views } = schema

/** More of either is read in the app. */
export const mostShown = 30

/** What nobody delivered for so long is read in the app. */
export const longestDays = 7
/** What is published was begun not much earlier: so far back an index leads. */
const mostDays = longestDays + 1

const isAsking = sql`exists (select from update_asks asks where asks.update_id = ${notifications.updateId} and asks.user_id = ${notifications.actorId} and asks.declined_at is null)`

/**
 * What waits for a person, and was there before a window: not read, told by no digest, and still so. Those of updates alone come without a
 * comment. Of what cannot wait they had a mail at once, and of a round its reminder. What another worker tells right now is left to it.
 */
export async function waitingFor(db: Db, userId: string, before: Date) {
  const actors = alias(users, 'actors')
  const rows = await db
    .select({
      id: notifications.id,
      kind: sql<Exclude<NotificationKind, PairingKind>>`${notifications.kind}`,
      actor: actors.name,
      updateId: updates.id,
      title: updates.title,
      commentId: comments.id,
      commentType: comments.type,
      said: sql<string | null>`left(${comments.text}, 280)`,
    })
    .from(notifications)
    .innerJoin(updates, and(eq(updates.id, notifications.updateId), isNull(updates.trashedAt)))
    .innerJoin(actors, eq(actors.id, notifications.actorId))
    .leftJoin(comments, eq(comments.id, notifications.commentId))
    .leftJoin(videos, eq(videos.id, notifications.videoId))
    .where(
      and(
        eq(notifications.userId, userId),
        isNull(notifications.readAt),
        isNull(notifications.digestedAt),
        notInArray(notifications.kind, ['urgent', 'check-in']),
        lt(notifications.createdAt, before),
        isNull(comments.deletedAt),
        isNull(comments.hiddenAt),
        or(isNull(notifications.commentId), isNotNull(comments.publishedAt)),
        or(isNull(notifications.videoId), isNotNull(videos.recoveredAt)),
        or(ne(notifications.kind, 'expiring'), and(isNotNull(updates.warnedAt), isNull(updates.keptAt))),
        or(ne(notifications.kind, 'access-asked'), isAsking),
        sql`${userId}::uuid in ${peopleWhoSee()}`,
      ),
    )
    .orderBy(asc(notifications.createdAt), asc(notifications.id))
    .limit(500)
    .for('update', { of: notifications, skipLocked: true })
  return rows.map((row) => ({ ...row, title: shownTitle(row.title) }))
}
export type Waiting = Awaited<ReturnType<typeof waitingFor>>[number]

/** What was published for a person between two windows, by others, and they have not seen. */
export async function newFor(db: Db, userId: string, from: Date, before: Date) {
  const rows = await db
    .select({ id: updates.id, title: updates.title, author: users.name, durationMs: videos.durationMs })
    .from(members)
    .innerJoin(updates, seesPlace({ userId: members.userId, workspaceId: members.workspaceId }))
    .innerJoin(users, eq(users.id, updates.authorId))
    .leftJoin(videos, and(eq(videos.updateId, updates.id), isNull(videos.commentId)))
    .leftJoin(views, and(eq(views.updateId, updates.id), eq(views.userId, userId)))
    .where(
      and(
        eq(members.userId, userId),
        ne(updates.authorId, userId),
        isNull(users.importedTo),
        eq(updates.workspaceId, members.workspaceId),
        gt(updates.createdAt, new Date(before.getTime() - mostDays * 86_400_000)),
        gte(updates.publishedAt, from),
        lt(updates.publishedAt, before),
        isNull(views.updateId),
        // Of these its people are told in person.
        not(updates.isApart),
      ),
    )
    .orderBy(asc(updates.publishedAt), asc(updates.id))
    .limit(500)
  return rows.map((row) => ({ ...row, title: shownTitle(row.title), durationMs: row.durationMs ?? 0 }))
}
export type NewUpdate = Awaited<ReturnType<typeof newFor>>[number]

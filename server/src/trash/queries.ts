import type { TrashedUpdate } from '@meanwhile/shared/contract/trash'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import { seesChannel } from '@meanwhile/shared/db/sees-update'
import { settleAnswer } from '@meanwhile/shared/db/settle-answer'
import { tellWebhooksOf } from '@meanwhile/shared/db/tell-webhooks'
import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import * as z from 'zod'
import { recordAudit } from '../audit/record-audit.ts'
import { nameOf } from '../channels/access.ts'
import { CursorTime, decodeCursor, encodeCursor } from '../cursor.ts'
import { personColumns } from '../people/person-columns.ts'
import type { Viewer } from '../session.ts'
import { auditTarget } from '../updates/audit-target.ts'
import { isInTrashOf, requireTrashedUpdate } from './access.ts'

const { channels, updates, users, videos } = schema
const remover = alias(users, 'remover')
const TrashCursor = z.tuple([CursorTime, z.uuid()])

/** Nothing arrived of a recording that was given up at once: there is nothing to restore. */
const hasContent = sql`(${updates.publishedAt} is not null or exists (select from segments where segments.video_id = ${videos.id})
  or exists (select from file_parts where file_parts.video_id = ${videos.id}))`

const dayMs = 86_400_000
type Page = { limit: number; cursor?: string | undefined; days: number }

/** A page of what this viewer may restore, the latest first. @param page.days how long it is kept there */
export async function trashFor(
  db: Db,
  viewer: Viewer,
  { limit, cursor, days }: Page,
): Promise<{ items: TrashedUpdate[]; nextCursor: string | null }> {
  const [before, id] = cursor === undefined ? [] : decodeCursor(cursor, TrashCursor)
  const rows = await db
    .select({
      update: updates,
      author: personColumns(users),
      trashedBy: personColumns(remover),
      channel: channels,
      // Who was taken out of it does not learn what it is called by now.
      isInChannel: sql<boolean>`coalesce(${seesChannel({ userId: viewer.id, workspaceId: viewer.workspace.id })}, false)`,
      durationMs: videos.durationMs,
    })
    .from(updates)
    .innerJoin(users, eq(users.id, updates.authorId))
    .leftJoin(remover, eq(remover.id, updates.trashedById))
    .leftJoin(channels, eq(channels.id, updates.channelId))
    .leftJoin(videos, and(eq(videos.updateId, updates.id), isNull(videos.commentId)))
    .where(
      and(
        isInTrashOf(viewer),
        hasContent,
        cursor === undefined ? undefined : sql`(${updates.trashedAt}, ${updates.id}) < (${before}::timestamptz, ${id}::uuid)`,
      ),
    )
    .orderBy(desc(updates.trashedAt), desc(updates.id))
    .limit(limit + 1)
  const items = rows.slice(0, limit).map(({ update, author, trashedBy, channel, isInChannel, durationMs }): TrashedUpdate => {
    const trashedAt = update.trashedAt ?? new Date()
    return {
      id: update.id,
      title: update.title,
      author,
      channel: channel && isInChannel ? nameOf(channel) : null,
      isDraft: update.publishedAt === null,
      durationMs,
      trashedAt,
      trashedBy,
      goneAt: new Date(trashedAt.getTime() + days * dayMs),
    }
  })
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.trashedAt.toISOString(), last.id]) : null }
}

/** Everything is as before. What a rule had taken is kept from now on: whoever restores it wants it. @throws {ProblemError} `not-found` */
export const restoreFromTrash = (db: Db, updateId: string, actor: Viewer, from: string): Promise<void> =>
  db.transaction(async (tx) => {
    const update = await requireTrashedUpdate(tx, updateId, actor)
    const keptAt = sql`case when ${updates.trashedById} is null then now() else ${updates.keptAt} end`
    await tx.update(updates).set({ trashedAt: null, trashedById: null, keptAt }).where(eq(updates.id, updateId))
    if (update.publishedAt)
      await recordAudit(tx, { actor, action: 'update.restored', target: await auditTarget(tx, update), from })
    await notify(tx, update.workspaceId, { type: 'update', updateId })
    await settleAnswer(tx, updateId)
    await tellWebhooksOf(tx, updateId, 'update.published')
  })

/**
 * Deletes the rows of an update; a trigger writes down whose objects have to follow.
 * @returns the ids of its videos and of those that answered it @throws {ProblemError} `not-found`
 */
export const eraseFromTrash = (db: Db, updateId: string, actor: Viewer, from: string): Promise<string[]> =>
  db.transaction(async (tx) => {
    const update = await requireTrashedUpdate(tx, updateId, actor)
    const gone = await tx.select({ id: videos.id }).from(videos).where(eq(videos.updateId, updateId))
    if (update.publishedAt) await recordAudit(tx, { actor, action: 'update.erased', target: await auditTarget(tx, update), from })
    await tx.delete(updates).where(eq(updates.id, updateId))
    return gone.map(({ id }) => id)
  })

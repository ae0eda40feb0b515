import type { Asked } from '@meanwhile/shared/contract/asked'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { seesChannel } from '@meanwhile/shared/db/sees-update'
import { and, asc, eq, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm'
import * as z from 'zod'
import { nameOf } from '../channels/access.ts'
import { CursorTime, encodeCursor } from '../cursor.ts'
import type { Viewer } from '../session.ts'
import { visibleTo } from '../updates/access.ts'
import { type Showing, selectComments, shownComment } from './comment-view.ts'

const { channels, comments, updates } = schema

/** When the last one of a page is due, null where nobody waits for it, and its id. */
export const AskedCursor = z.tuple([CursorTime.nullable(), z.uuid()])
type AskedCursor = z.infer<typeof AskedCursor>

/** Of what is open, as the index has it: what is never due comes last. */
function isBehind([dueAt, id]: AskedCursor) {
  if (dueAt === null) return and(isNull(comments.dueAt), sql`${comments.id} > ${id}::uuid`)
  return or(isNull(comments.dueAt), sql`(${comments.dueAt}, ${comments.id}) > (${dueAt}::timestamptz, ${id}::uuid)`)
}

/** What this viewer owes an answer to, wherever they see it. Nobody is asked to settle what was taken out of sight. */
const isOwed = (viewer: Viewer) =>
  and(
    eq(comments.ownerId, viewer.id),
    isNull(comments.resolvedAt),
    isNull(comments.deletedAt),
    isNull(comments.hiddenAt),
    isNotNull(comments.publishedAt),
    inArray(comments.type, ['question', 'action']),
    visibleTo(viewer),
  )

type Page = { limit: number; cursor?: AskedCursor | undefined }

/** What is asked of somebody and still open, a page of it: late first, then by when it is due. */
export async function askedOf(
  db: Db,
  showing: Showing & { viewer: Viewer },
  { limit, cursor }: Page,
  now: Date,
): Promise<{ items: Asked[]; nextCursor: string | null }> {
  const { viewer } = showing
  const rows = await db
    .select({
      ...{ id: comments.id, dueAt: comments.dueAt },
      update: { id: updates.id, title: updates.title, kind: updates.kind },
      channel: channels,
      isInChannel: sql<boolean>`coalesce(${seesChannel({ userId: viewer.id, workspaceId: viewer.workspace.id })}, false)`,
    })
    .from(comments)
    .innerJoin(updates, eq(updates.id, comments.updateId))
    .leftJoin(channels, eq(channels.id, updates.channelId))
    .where(and(isOwed(viewer), cursor && isBehind(cursor)))
    .orderBy(asc(comments.dueAt), asc(comments.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const ids = page.map(({ id }) => id)
  const found = ids.length > 0 ? await selectComments(db, viewer).where(inArray(comments.id, ids)) : []
  const shown = new Map(found.map((row) => [row.comment.id, shownComment(row, showing)]))
  const items = page.flatMap(({ id, dueAt, update, channel, isInChannel }) => {
    const comment = shown.get(id)
    const place = { ...update, channel: channel && isInChannel ? nameOf(channel) : null }
    return comment ? [{ comment, update: place, late: dueAt !== null && dueAt < now }] : []
  })
  const last = page.at(-1)
  const nextCursor = rows.length > limit && last ? encodeCursor([last.dueAt?.toISOString() ?? null, last.id]) : null
  return { items, nextCursor }
}

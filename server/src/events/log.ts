import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { and, asc, eq, gt, inArray, lte, or, sql } from 'drizzle-orm'
import type { Reader } from '../session.ts'
import { isVisible, readsComments, type UpdateRow } from '../updates/access.ts'

const { comments, liveEvents, updates, videos } = schema
export type LiveRow = {
  seq: number
  workspaceId: string
  userId: string | null
  event: (typeof liveEvents.$inferSelect)['event']
}

/** As many as are read at once. */
export const batch = 500

/** The number of the newest event; 0 when there is none. */
export async function newestSeq(db: Db): Promise<number> {
  const { seq } = one(await db.select({ seq: sql<string>`coalesce(max(${liveEvents.seq}), 0)` }).from(liveEvents))
  return Number(seq)
}

/** What came after a number, in order; at most a batch. @param until not beyond this number */
export async function eventsAfter(db: Db, seq: number, until?: number): Promise<LiveRow[]> {
  const { workspaceId, userId, event } = liveEvents
  const rows = await db
    .select({ seq: liveEvents.seq, workspaceId, userId, event })
    .from(liveEvents)
    .where(and(gt(liveEvents.seq, seq), until === undefined ? undefined : lte(liveEvents.seq, until)))
    .orderBy(asc(liveEvents.seq))
    .limit(batch)
  return rows.map((row) => ({ ...row, seq: Number(row.seq) }))
}

/** Whether everything after a number is still kept: the event of that number is. */
export async function isKept(db: Db, seq: number): Promise<boolean> {
  const [row] = await db.select({ seq: liveEvents.seq }).from(liveEvents).where(eq(liveEvents.seq, seq)).limit(1)
  return row !== undefined
}

type CommentFacts = { authorId: string; isPublished: boolean }
export type Audience = { hears(viewer: Reader, row: LiveRow): boolean }

const idsOf = <K extends string>(rows: LiveRow[], key: K): string[] => [
  ...new Set(rows.flatMap(({ event }) => (key in event ? [(event as unknown as Record<K, string>)[key]] : []))),
]

async function commentFacts(db: Db, rows: LiveRow[]) {
  const commentIds = idsOf(rows, 'commentId')
  const videoIds = idsOf(rows, 'videoId')
  if (commentIds.length + videoIds.length === 0) return new Map<string, CommentFacts>()
  const found = await db
    .select({ id: comments.id, videoId: videos.id, authorId: comments.authorId, publishedAt: comments.publishedAt })
    .from(comments)
    .leftJoin(videos, eq(videos.commentId, comments.id))
    .where(or(inArray(comments.id, commentIds), inArray(videos.id, videoIds)))
  return new Map(
    found.flatMap(({ id, videoId, authorId, publishedAt }) => {
      const facts = { authorId, isPublished: publishedAt !== null }
      return [id, ...(videoId ? [videoId] : [])].map((key) => [key, facts] as const)
    }),
  )
}

/** Decides for some events who may hear them, as things are now. Of an update in the trash its disappearance is heard by those who saw it. */
export async function audienceOf(db: Db, rows: LiveRow[]): Promise<Audience> {
  const updateIds = idsOf(rows, 'updateId')
  const found = updateIds.length > 0 ? await db.select().from(updates).where(inArray(updates.id, updateIds)) : []
  const byId = new Map<string, UpdateRow>(found.map((update) => [update.id, { ...update, trashedAt: null }]))
  const facts = await commentFacts(db, rows)
  const seesUpdate = (viewer: Reader, updateId: string) => {
    const update = byId.get(updateId)
    return update !== undefined && isVisible(update, viewer)
  }
  const seesComment = (viewer: Reader, id: string) => {
    const comment = facts.get(id)
    return comment === undefined || comment.isPublished || comment.authorId === viewer.id
  }
  return {
    hears(viewer, { workspaceId, userId, event }) {
      if (viewer.workspace.id !== workspaceId || (userId !== null && userId !== viewer.id)) return false
      if ('updateId' in event ? !seesUpdate(viewer, event.updateId) : viewer.role === 'guest') return false
      if (event.type === 'comment') return readsComments(viewer) && seesComment(viewer, event.commentId)
      return event.type !== 'video' || seesComment(viewer, event.videoId)
    },
  }
}

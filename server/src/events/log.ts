import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { isForAll, peopleLetIn, peopleWhoSee } from '@meanwhile/shared/db/sees-update'
import { and, asc, eq, gt, inArray, lte, or, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '../session.ts'
import { readsComments } from '../updates/access.ts'

const { channelMembers, channels, comments, liveEvents, updates, videos } = schema
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

/** Who sees a thing; null for everybody in its workspace. */
type Readers = Map<string, Set<string> | null>

const readersIn = (rows: { id: string; readers: string[] | null }[]): Readers =>
  new Map(rows.map(({ id, readers }) => [id, readers && new Set(readers)]))

/** Of an update in the trash its disappearance is heard by those who saw it. */
async function readersOfUpdates(db: Db, ids: string[]): Promise<{ ofPlace: Readers; letIn: Readers }> {
  if (ids.length === 0) return { ofPlace: new Map(), letIn: new Map() }
  const names = (people: SQL) => sql`array(select user_id from ${people} reader)`
  const readers = sql<string[] | null>`case when not ${isForAll()} then ${names(peopleWhoSee())} end`
  const letIn = sql<string[]>`${names(peopleLetIn())}`
  const rows = db.select({ id: updates.id, readers, letIn }).from(updates)
  // The join changes nothing: with a single table the query would leave out which one a column is of.
  const found = await rows.leftJoin(channels, eq(channels.id, updates.channelId)).where(inArray(updates.id, ids))
  return { ofPlace: readersIn(found), letIn: readersIn(found.map(({ id, letIn }) => ({ id, readers: letIn }))) }
}

async function readersOfChannels(db: Db, ids: string[]): Promise<Readers> {
  if (ids.length === 0) return new Map()
  const readers = sql<string[] | null>`case when bool_and(${channels.isPrivate}) then array_agg(${channelMembers.userId}) end`
  const rows = db.select({ id: channels.id, readers }).from(channels)
  const joined = rows.leftJoin(channelMembers, eq(channelMembers.channelId, channels.id)).where(inArray(channels.id, ids))
  return readersIn(await joined.groupBy(channels.id))
}

const sees = (viewer: Reader, readers: Readers, id: string): boolean => {
  const found = readers.get(id)
  return found === null || found?.has(viewer.id) === true
}

/** Decides for some events who may hear them, as things are now. */
export async function audienceOf(db: Db, rows: LiveRow[]): Promise<Audience> {
  const ofUpdates = await readersOfUpdates(db, idsOf(rows, 'updateId'))
  const ofChannels = await readersOfChannels(
    db,
    idsOf(rows, 'channelId').filter((id) => id !== null),
  )
  const facts = await commentFacts(db, rows)
  /** A guest has one update; that it is there and shared is asked with every stream's beat. */
  const seesUpdate = (viewer: Reader, { workspaceId }: LiveRow, id: string) =>
    viewer.role === 'guest'
      ? viewer.link.updateId === id && viewer.workspace.id === workspaceId
      : sees(viewer, ofUpdates.letIn, id) || (viewer.workspace.id === workspaceId && sees(viewer, ofUpdates.ofPlace, id))
  const seesComment = (viewer: Reader, id: string) => {
    const comment = facts.get(id)
    return comment === undefined || comment.isPublished || comment.authorId === viewer.id
  }
  return {
    hears(viewer, row) {
      const { workspaceId, userId, event } = row
      if (userId !== null && userId !== viewer.id) return false
      // Wherever they are by now.
      if (event.type === 'viewer') return userId !== null
      // That somebody was let in, or is not any more, is told them in person, and just so what concerns them there.
      if (userId !== null && (event.type === 'update' || event.type === 'notification')) return true
      if ('updateId' in event) {
        if (!seesUpdate(viewer, row, event.updateId)) return false
      } else if (viewer.role === 'guest' || viewer.workspace.id !== workspaceId) return false
      // Who was taken out of a channel is told so in person.
      if (event.type === 'channel')
        return event.channelId === null || userId !== null || sees(viewer, ofChannels, event.channelId)
      if (event.type === 'comment') return readsComments(viewer) && seesComment(viewer, event.commentId)
      return event.type !== 'video' || seesComment(viewer, event.videoId)
    },
  }
}

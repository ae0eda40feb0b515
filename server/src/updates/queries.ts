import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { Update, UpdateDraft } from '@meanwhile/shared/contract/updates'
import type { Stage } from '@meanwhile/shared/contract/videos'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { watchedLengthMs } from '@meanwhile/shared/media/cuts'
import { and, desc, eq, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { MediaUrls } from '../media/urls.ts'
import type { Viewer } from '../session.ts'
import { videoState } from '../videos/video-view.ts'
import { type Cursor, cursorOf, isBefore } from './cursor.ts'
import { seenRanges } from './views.ts'

const { assets, segments, stages, updates, users, videos, views } = schema

/** The columns of an update as this viewer sees it, in one query. */
const viewOf = (db: Db, viewer: Viewer) =>
  db
    .select({
      update: updates,
      author: { id: users.id, name: users.name },
      video: videos,
      view: views,
      poster: assets.key,
      recordedMs: sql<number>`(select coalesce(sum(${segments.durationMs}), 0) from ${segments} where ${segments.videoId} = ${videos.id} and ${segments.track} = 'main')`,
      stages: sql<
        { state: Stage['state']; progress: number }[]
      >`(select coalesce(json_agg(json_build_object('state', ${stages.state}, 'progress', ${stages.progress})), '[]') from ${stages} where ${stages.videoId} = ${videos.id})`,
      commentCount: sql<number>`(select count(*)::int from comments where comments.update_id = ${updates.id} and comments.deleted_at is null)`,
    })
    .from(updates)
    .innerJoin(users, eq(users.id, updates.authorId))
    .leftJoin(videos, eq(videos.updateId, updates.id))
    .leftJoin(assets, and(eq(assets.videoId, videos.id), eq(assets.name, 'poster')))
    .leftJoin(views, and(eq(views.updateId, updates.id), eq(views.userId, viewer.id)))
type Row = Awaited<ReturnType<typeof viewOf>>[number]

/** What a request needs to show updates: who looks, how URLs are signed, where the site is. */
export type Showing = { viewer: Viewer; urls: MediaUrls; publicUrl: string }

function videoOf({ video, stages: made, recordedMs, poster }: Row, urls: MediaUrls): Update['video'] {
  if (!video) return null
  const progress = made.reduce((sum, stage) => sum + (stage.state === 'done' ? 1 : stage.progress), 0) / Math.max(1, made.length)
  return {
    id: video.id,
    state: videoState(
      video,
      made.map(({ state }) => state),
    ),
    durationMs: watchedLengthMs(video.cuts, video.durationMs ?? Math.round(recordedMs)),
    progress: Math.min(1, progress),
    poster: poster === null ? null : urls.asset(video.id, poster),
  }
}

function shown(row: Row, { viewer, urls, publicUrl }: Showing): Update {
  const { id, title, body, createdAt, editedAt, publishedAt } = row.update
  return {
    id,
    url: `${publicUrl}/u/${id}`,
    title,
    body,
    author: row.author,
    createdAt,
    editedAt,
    publishedAt,
    videoId: row.video?.id ?? null,
    video: videoOf(row, urls),
    commentCount: row.commentCount,
    view: row.view && { positionMs: row.view.positionMs, seen: seenRanges(row.view.seen), rate: viewer.rate },
    canEdit: row.author.id === viewer.id,
  }
}

/** One update as its viewer sees it; access was decided before. */
export async function updateFor(db: Db, updateId: string, showing: Showing): Promise<Update> {
  return shown(one(await viewOf(db, showing.viewer).where(eq(updates.id, updateId))), showing)
}

/** A page of what this viewer may see, newest first. */
export async function updatesFor(
  db: Db,
  showing: Showing,
  { limit, cursor, unwatched }: { limit: number; cursor?: Cursor | undefined; unwatched?: boolean | undefined },
): Promise<{ items: Update[]; nextCursor: string | null }> {
  const { viewer } = showing
  const filters: (SQL | undefined)[] = [
    eq(updates.workspaceId, viewer.workspace.id),
    isNull(updates.trashedAt),
    or(isNotNull(updates.publishedAt), eq(updates.authorId, viewer.id)),
    cursor && isBefore(cursor),
    ...(unwatched ? [isNull(views.updateId), ne(updates.authorId, viewer.id)] : []),
  ]
  const rows = await viewOf(db, viewer)
    .where(and(...filters))
    .orderBy(desc(updates.createdAt), desc(updates.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { items: page.map((row) => shown(row, showing)), nextCursor: rows.length > limit && last ? cursorOf(last.update) : null }
}

/** The update that a first try made, when the client chose its id. @throws {ProblemError} `id-taken`, whoever has it */
async function madeBefore(db: Db, author: Viewer, id: string) {
  const isOwn = and(eq(updates.authorId, author.id), eq(updates.workspaceId, author.workspace.id), isNull(updates.trashedAt))
  const [update] = await db
    .select()
    .from(updates)
    .where(and(eq(updates.id, id), isOwn))
  if (!update) throw new ProblemError('id-taken')
  return update
}

/**
 * A text update is published at once, one with a video when the recording is finished. The same id again creates nothing.
 * @throws {ProblemError} `id-taken`
 */
export const addUpdate = (db: Db, author: Viewer, { id, title = '', body = '', video }: UpdateDraft) =>
  db.transaction(async (tx) => {
    const publishedAt = video ? null : sql`now()`
    const draft = { workspaceId: author.workspace.id, authorId: author.id, title, body, publishedAt, ...(id ? { id } : {}) }
    const [update] = await tx.insert(updates).values(draft).onConflictDoNothing().returning()
    if (!update) return { isNew: false, update: await madeBefore(tx, author, id ?? '') }
    if (video) await tx.insert(videos).values({ updateId: update.id, tracks: video.tracks })
    return { isNew: true, update }
  })

export async function editUpdate(db: Db, updateId: string, change: { title?: string | undefined; body?: string | undefined }) {
  await db
    .update(updates)
    .set({ ...change, editedAt: sql`now()` })
    .where(eq(updates.id, updateId))
}

export async function trashUpdate(db: Db, updateId: string) {
  await db.update(updates).set({ trashedAt: sql`now()` }).where(eq(updates.id, updateId))
}

import type { ReelItem } from '@meanwhile/shared/contract/reel'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { seesChannel } from '@meanwhile/shared/db/sees-update'
import { cardMs } from '@meanwhile/shared/media/card-time'
import { timesOf } from '@meanwhile/shared/media/reel-time'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { nameOf } from '../channels/access.ts'
import { urlsOf } from '../media/urls.ts'
import { personColumns } from '../people/person-columns.ts'
import type { Viewer } from '../session.ts'
import { seenColumns } from '../updates/access.ts'
import type { Showing } from '../updates/queries.ts'
import { seenRanges } from '../updates/views.ts'
import type { Order } from './order.ts'

const { assets, channels, updates, users, videos, views } = schema

const rowsOf = (db: Db, viewer: Viewer, ids: string[]) =>
  db
    .select({
      update: seenColumns(viewer),
      author: personColumns(users),
      channel: channels,
      isInChannel: sql<boolean>`coalesce(${seesChannel({ userId: viewer.id, workspaceId: viewer.workspace.id })}, false)`,
      video: videos,
      poster: assets.key,
      view: views,
    })
    .from(updates)
    .innerJoin(users, eq(users.id, updates.authorId))
    .leftJoin(channels, eq(channels.id, updates.channelId))
    .leftJoin(videos, and(eq(videos.updateId, updates.id), isNull(videos.commentId)))
    .leftJoin(assets, and(eq(assets.videoId, videos.id), eq(assets.name, 'poster')))
    .leftJoin(views, and(eq(views.updateId, updates.id), eq(views.userId, viewer.id)))
    .where(inArray(updates.id, ids))
type Row = Awaited<ReturnType<typeof rowsOf>>[number]

/** How long it is, as this reel plays it. */
function lengthOf({ update, video, view }: Row, onlyUnseen: boolean) {
  if (!video) {
    const ms = cardMs(`${update.title} ${update.body}`)
    return { durationMs: ms, playMs: ms, silentMs: 0 }
  }
  const silences = video.sound?.silences ?? null
  const seen = seenRanges(view?.seen ?? '')
  return timesOf({ recordedMs: video.durationMs ?? 0, cuts: video.cuts, silences, seen }, onlyUnseen)
}

function shown(row: Row, { mentionsMe, blocker, question }: Order, showing: Showing, onlyUnseen: boolean): ReelItem {
  const { update, author, channel, isInChannel, video, poster, view } = row
  const urls = urlsOf(update, showing.urls)
  return {
    id: update.id,
    url: `${showing.publicUrl}/u/${update.id}`,
    title: update.title,
    body: update.body,
    author,
    channel: channel && isInChannel ? nameOf(channel) : null,
    publishedAt: update.publishedAt ?? update.createdAt,
    videoId: video?.id ?? null,
    poster: video && poster ? urls.asset(video.id, poster) : null,
    ...lengthOf(row, onlyUnseen),
    seen: seenRanges(view?.seen ?? ''),
    caughtUp: author.id === showing.viewer.id || Boolean(view?.caughtUpAt),
    mentionsMe,
    blocker,
    question,
  }
}

/** The updates of a reel in their order; access was decided before. */
export async function itemsOf(
  db: Db,
  order: Order[],
  showing: Showing & { viewer: Viewer },
  onlyUnseen: boolean,
): Promise<ReelItem[]> {
  if (order.length === 0) return []
  const rows = await rowsOf(
    db,
    showing.viewer,
    order.map(({ id }) => id),
  )
  const byId = new Map(rows.map((row) => [row.update.id, row]))
  return order.flatMap((each) => {
    const row = byId.get(each.id)
    return row ? [shown(row, each, showing, onlyUnseen)] : []
  })
}

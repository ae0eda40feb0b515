import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { countWatched } from '@meanwhile/shared/db/count-hours'
import { notifyEach } from '@meanwhile/shared/db/notify'
import { type Range, watchedLengthMs } from '@meanwhile/shared/media/cuts'
import { coarsened, isCaughtUp, isView, lengthOf, without } from '@meanwhile/shared/media/intervals'
import { heardOf } from '@meanwhile/shared/media/reel-time'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { Reader } from '../session.ts'
import type { UpdateRow } from './access.ts'
import { watchedOf } from './watched-time.ts'

const { shareLinks, users, videos, views } = schema

/** More than a person leaves behind; what is reported beyond it closes the smallest gaps. */
const maxRanges = 500

/** `{[0,4000),[9000,9500)}` → `[[0, 4000], [9000, 9500]]`. */
export const seenRanges = (multirange: string): Range[] =>
  [...multirange.matchAll(/\[(\d+),(\d+)\)/g)].map(([, from, to]) => [Number(from), Number(to)])

const multirange = (ranges: Range[]) =>
  `{${ranges
    .filter(([from, to]) => from < to)
    .map(([from, to]) => `[${from},${to})`)
    .join(',')}}`

/** Who leaves out the silences never sees them: of a recording that is silent for long, what is said counts. */
function hasHeardAll(
  { durationMs, cuts, sound }: Pick<typeof videos.$inferSelect, 'durationMs' | 'cuts' | 'sound'>,
  seen: Range[],
) {
  if (durationMs === null || !sound) return false
  const { heardMs, saidMs } = heardOf({ recordedMs: durationMs, cuts, silences: sound.silences, seen })
  return saidMs > 0 && isCaughtUp(heardMs, saidMs)
}

/** What of a view makes it count, given all that was seen. An update without a video is seen when it is opened. */
async function countsAs(tx: Db, updateId: string, seen: Range[]) {
  const [video] = await tx
    .select({ durationMs: videos.durationMs, cuts: videos.cuts, sound: videos.sound })
    .from(videos)
    .where(and(eq(videos.updateId, updateId), isNull(videos.commentId)))
  if (!video) return { counted: true, caughtUp: true }
  const seenMs = lengthOf(without(seen, video.cuts))
  const lengthMs = video.durationMs === null ? null : watchedLengthMs(video.cuts, video.durationMs)
  return { counted: isView(seenMs, lengthMs), caughtUp: isCaughtUp(seenMs, lengthMs) || hasHeardAll(video, seen) }
}

/** A guest who has watched is one more view of the link that they came by. */
const countForLink = (tx: Db, userId: string) =>
  tx
    .update(shareLinks)
    .set({ views: sql`${shareLinks.views} + 1` })
    .where(eq(shareLinks.id, tx.select({ id: users.guestOf }).from(users).where(eq(users.id, userId))))

type Report = { ranges: Range[]; positionMs?: number | undefined; watchedMs?: number | undefined }

/** Adds what a viewer has seen, at any speed; PostgreSQL merges it with what they had seen before. */
export const addView = (db: Db, update: UpdateRow, viewer: Reader, { ranges, positionMs, watchedMs = 0 }: Report) =>
  db.transaction(async (tx) => {
    const userId = viewer.id
    const place = { updateId: update.id, userId }
    const isOurs = viewer.role !== 'guest' && viewer.workspace.id === update.workspaceId
    const countedMs = isOurs ? await watchedOf(tx, update, userId, { ranges, watchedMs }) : 0
    const position = positionMs ?? ranges.at(-1)?.[1]
    const row = one(
      await tx
        .insert(views)
        .values({ ...place, seen: multirange(ranges), positionMs: position ?? 0 })
        .onConflictDoUpdate({
          target: [views.updateId, views.userId],
          set: {
            seen: sql`${views.seen} + excluded.seen`,
            updatedAt: sql`now()`,
            ...(position === undefined ? {} : { positionMs: position }),
          },
        })
        .returning(),
    )
    const all = seenRanges(row.seen)
    const seen = coarsened(all, maxRanges)
    const { counted, caughtUp } = await countsAs(tx, place.updateId, seen)
    const change = {
      ...(seen.length < all.length ? { seen: multirange(seen) } : {}),
      ...(counted && !row.countedAt ? { countedAt: sql`now()` } : {}),
      ...(caughtUp && !row.caughtUpAt ? { caughtUpAt: sql`now()` } : {}),
    }
    if ('countedAt' in change) await countForLink(tx, userId)
    const isNews = userId !== update.authorId && ('countedAt' in change || 'caughtUpAt' in change)
    // What is done here is done on the viewer's other devices.
    const hearers = [...(isNews ? [update.authorId] : []), ...('caughtUpAt' in change ? [userId] : [])]
    await notifyEach(tx, update.workspaceId, { type: 'update', updateId: update.id }, hearers)
    if (Object.keys(change).length > 0)
      await tx
        .update(views)
        .set(change)
        .where(and(eq(views.updateId, place.updateId), eq(views.userId, place.userId)))
    if (countedMs > 0) await countWatched(tx, update, countedMs)
    return { positionMs: row.positionMs, seen }
  })

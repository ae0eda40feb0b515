import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { normalizeCuts, type Range } from '@meanwhile/shared/media/cuts'
import { lengthOf } from '@meanwhile/shared/media/intervals'
import { rates } from '@meanwhile/shared/media/rates'
import { and, eq, isNull, sql } from 'drizzle-orm'
import type { UpdateRow } from './access.ts'

const { videos, views } = schema

/** Reports are late by more or less than the one before. */
const toleranceMs = 2_000
/** Moments of what is seen are rounded. */
const roundingMs = 100

/** The longest in which this can have been seen: at the slowest speed, and none of it twice. */
const longestMs = (ranges: Range[], durationMs: number | null): number => {
  const seenMs = Math.min(lengthOf(normalizeCuts(ranges)), durationMs ?? Number.POSITIVE_INFINITY)
  return seenMs === 0 ? 0 : Math.round(seenMs / rates[0]) + roundingMs
}

/**
 * What of the time that a viewer says they watched is counted: no more than the time since the last that was counted of them there, and no
 * more than what they saw explains. So neither a report that comes twice nor a second device makes more of it than the clock on the wall.
 * Their view is locked until the transaction ends.
 */
export async function watchedOf(
  tx: Db,
  update: UpdateRow,
  userId: string,
  { ranges, watchedMs }: { ranges: Range[]; watchedMs: number },
): Promise<number> {
  if (watchedMs === 0 || ranges.length === 0) return 0
  const [video] = await tx
    .select({ durationMs: videos.durationMs })
    .from(videos)
    .where(and(eq(videos.updateId, update.id), isNull(videos.commentId)))
  if (!video) return 0
  // Changes nothing, and so tells what was there before, and waits for whoever reports at the same time.
  const before = one(
    await tx
      .insert(views)
      .values({ updateId: update.id, userId })
      .onConflictDoUpdate({ target: [views.updateId, views.userId], set: { userId } })
      .returning({ watchedAt: views.watchedAt, updatedAt: views.updatedAt, isNew: sql<boolean>`xmax = 0` }),
  )
  const now = one(await tx.execute<{ at: string }>(sql`select clock_timestamp() as at`).then((rows) => [...rows]))
  const nowMs = new Date(now.at).getTime()
  const sinceMs = (before.watchedAt ?? (before.isNew ? update.createdAt : before.updatedAt)).getTime()
  const countedMs = Math.max(0, Math.min(watchedMs, nowMs - sinceMs, longestMs(ranges, video.durationMs)))
  const watchedAt = new Date(Math.max(sinceMs + countedMs, nowMs - toleranceMs))
  await tx
    .update(views)
    .set({ watchedAt })
    .where(and(eq(views.updateId, update.id), eq(views.userId, userId)))
  return countedMs
}

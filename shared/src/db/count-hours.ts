import { eq, sql } from 'drizzle-orm'
import type { Place } from '../contract/hours.ts'
import type { Db } from './client.ts'
import { answers, rounds } from './schema/check-ins.ts'
import { hoursWeeks } from './schema/hours.ts'
import { updates } from './schema/updates.ts'
import { videos } from './schema/videos.ts'

/** Where an update counts: for the check-in that it answers, else for where it is posted. Undefined for what is gone, and for what replaces no meeting: a pairing, an interview. */
async function placeOf(tx: Db, updateId: string): Promise<Place | undefined> {
  const [found] = await tx
    .select({ channelId: updates.channelId, checkInId: rounds.checkInId, isApart: updates.isApart })
    .from(updates)
    .leftJoin(answers, eq(answers.updateId, updates.id))
    .leftJoin(rounds, eq(rounds.id, answers.roundId))
    .where(eq(updates.id, updateId))
  if (!found || found.isApart) return undefined
  if (found.checkInId) return `check-in:${found.checkInId}`
  return found.channelId ? `channel:${found.channelId}` : 'everyone'
}

type Of = { id: string; workspaceId: string }

/** Adds to the sums of this week. Last in a transaction: everybody who watches there waits for this row. */
async function addHours(tx: Db, update: Of, { recordedMs = 0, watchedMs = 0 }: { recordedMs?: number; watchedMs?: number }) {
  const place = await placeOf(tx, update.id)
  if (!place) return
  const week = sql`date_trunc('week', now() at time zone 'UTC')::date`
  await tx
    .insert(hoursWeeks)
    .values({ workspaceId: update.workspaceId, week, place, recordedMs, watchedMs })
    .onConflictDoUpdate({
      target: [hoursWeeks.workspaceId, hoursWeeks.week, hoursWeeks.place],
      set: {
        recordedMs: sql`${hoursWeeks.recordedMs} + excluded.recorded_ms`,
        watchedMs: sql`${hoursWeeks.watchedMs} + excluded.watched_ms`,
      },
    })
}

/** Counts that somebody watched for so long. */
export const countWatched = (tx: Db, update: Of, watchedMs: number): Promise<void> => addHours(tx, update, { watchedMs })

/**
 * Counts how long a recording is, once: one that was finished before adds only what it has grown by. The row of the video is locked.
 */
export async function countRecorded(
  tx: Db,
  update: Of,
  video: { id: string; countedMs: number },
  durationMs: number,
): Promise<void> {
  const recordedMs = durationMs - video.countedMs
  if (recordedMs <= 0) return
  await tx.update(videos).set({ countedMs: durationMs }).where(eq(videos.id, video.id))
  await addHours(tx, update, { recordedMs })
}

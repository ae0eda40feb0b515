import { and, eq, isNotNull } from 'drizzle-orm'
import type { Cuts } from '../contract/edits.ts'
import { normalizeCuts, recordedMs, watchedLengthMs } from '../media/cuts.ts'
import { longestAnswerMs } from '../media/longest-answer.ts'
import { stopsWithinMs } from '../pairing/fortnight.ts'
import type { Db } from './client.ts'
import { updates } from './schema/updates.ts'
import { videos } from './schema/videos.ts'

/** Whether what a video belongs to, or what it answers, is an answer to a pairing. */
async function isOfPairing(db: Db, videoId: string): Promise<boolean> {
  const rows = await db
    .select({ id: videos.id })
    .from(videos)
    .innerJoin(updates, eq(updates.id, videos.updateId))
    .where(and(eq(videos.id, videoId), isNotNull(updates.pairingId)))
  return rows.length > 0
}

export const isTooLong = (cuts: Cuts, durationMs: number) => watchedLengthMs(cuts, durationMs) > longestAnswerMs + stopsWithinMs

/** What of a recording is beyond its minute is cut off, and nothing deleted: its author may cut elsewhere. */
export function withinAnswer(cuts: Cuts, durationMs: number): Cuts {
  if (!isTooLong(cuts, durationMs)) return cuts
  // Where a minute of what is watched has passed, on the recorded clock.
  return normalizeCuts([...cuts, [recordedMs(cuts, longestAnswerMs), durationMs]], durationMs)
}

/** The cuts of a video that is finished: of one that answers a pairing no more than a minute is left. */
export const cutToAnswer = async (
  tx: Db,
  video: Pick<typeof videos.$inferSelect, 'id' | 'commentId'>,
  cuts: Cuts,
  durationMs: number,
): Promise<Cuts> =>
  !video.commentId && isTooLong(cuts, durationMs) && (await isOfPairing(tx, video.id)) ? withinAnswer(cuts, durationMs) : cuts

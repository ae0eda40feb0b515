import type { Track } from '@meanwhile/shared/contract/videos'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { ofTrack, type TrackSummary } from '@meanwhile/shared/db/ledger'
import { and, asc, eq } from 'drizzle-orm'

const { segments } = schema

/** The numbers of all segments of a track that have arrived, in order, and their size together. Those that were filled have not. */
export async function arrived(db: Db, videoId: string, track: Track): Promise<{ numbers: number[]; sizeBytes: number }> {
  const rows = await db
    .select({ number: segments.number, sizeBytes: segments.sizeBytes })
    .from(segments)
    .where(and(ofTrack(videoId, track), eq(segments.filled, false)))
    .orderBy(asc(segments.number))
  return { numbers: rows.map(({ number }) => number), sizeBytes: rows.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) }
}

/** Bits a second of what may be played. */
export const bitsPerSecond = ({ durationMs, sizeBytes }: TrackSummary): number =>
  durationMs === 0 ? 0 : Math.round((sizeBytes * 8000) / durationMs)

/** `[0, 1, 2, 5]` → `[[0, 2], [5, 5]]`. */
export function runsOf(numbers: number[]): [number, number][] {
  const runs: [number, number][] = []
  for (const number of numbers) {
    const last = runs.at(-1)
    if (last && number === last[1] + 1) last[1] = number
    else runs.push([number, number])
  }
  return runs
}

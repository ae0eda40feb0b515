import type { Track } from '@meanwhile/shared/contract/videos'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import type { Init } from '@meanwhile/shared/media/cmaf'
import { and, asc, eq, sql } from 'drizzle-orm'

const { segments } = schema

/** What may be played of a track: its contiguous segments from 1, when the init segment is there too. */
export type TrackSummary = { init: Init | null; segments: number; durationMs: number; sizeBytes: number }

const ofTrack = (videoId: string, track: Track) => and(eq(segments.videoId, videoId), eq(segments.track, track))

/** Behind the first hole a number is greater than its position. */
const media = (videoId: string, track: Track) => sql`
  select ${segments.number} as number, ${segments.durationMs} as duration_ms, ${segments.sizeBytes} as size_bytes,
    row_number() over (order by ${segments.number}) as position
  from ${segments} where ${ofTrack(videoId, track)} and ${segments.number} > 0`

/** Length, size and init segment of what may be played of a track, whatever its length in one row. */
export async function trackSummary(db: Db, videoId: string, track: Track): Promise<TrackSummary> {
  const row = one(
    await db.execute<{ init: Init | null; segments: number; duration_ms: number; size_bytes: number }>(sql`
      select (select ${segments.init} from ${segments} where ${ofTrack(videoId, track)} and ${segments.number} = 0) as init,
        count(*)::int as segments, coalesce(sum(duration_ms), 0)::float8 as duration_ms, coalesce(sum(size_bytes), 0)::float8 as size_bytes
      from (${media(videoId, track)}) media where number = position`),
  )
  if (!row.init) return { init: null, segments: 0, durationMs: 0, sizeBytes: 0 }
  return { init: row.init, segments: row.segments, durationMs: Math.round(row.duration_ms), sizeBytes: row.size_bytes }
}

/** The lengths of what may be played of a track, in ms: the first is that of segment 1. */
export async function playableDurations(db: Db, videoId: string, track: Track): Promise<number[]> {
  const row = one(
    await db.execute<{ has_init: boolean; durations: number[] | null }>(sql`
      select exists (select from ${segments} where ${ofTrack(videoId, track)} and ${segments.number} = 0) as has_init,
        array_agg(duration_ms order by number) as durations
      from (${media(videoId, track)}) media where number = position`),
  )
  return row.has_init ? (row.durations ?? []) : []
}

/** The numbers of all segments of a track that have arrived, in order, and their size together. */
export async function arrived(db: Db, videoId: string, track: Track): Promise<{ numbers: number[]; sizeBytes: number }> {
  const rows = await db
    .select({ number: segments.number, sizeBytes: segments.sizeBytes })
    .from(segments)
    .where(ofTrack(videoId, track))
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

/** Of 0 to `count`, what has not arrived; at most 1000 numbers. */
export async function missingNumbers(db: Db, videoId: string, track: Track, count: number): Promise<number[]> {
  const rows = await db.execute<{ number: number }>(sql`
    select wanted.number from generate_series(0, ${count}::int) as wanted(number)
    left join ${segments} on ${segments.number} = wanted.number and ${ofTrack(videoId, track)}
    where ${segments.number} is null order by wanted.number limit 1000`)
  return rows.map(({ number }) => number)
}

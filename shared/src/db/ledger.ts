import { and, eq, sql } from 'drizzle-orm'
import type { Track } from '../contract/videos.ts'
import type { Init } from '../media/cmaf.ts'
import { type Db, one } from './client.ts'
import { segments } from './schema/videos.ts'

/** What may be played of a track: its contiguous numbers from 1, when the init segment is there too. Init segments count, without length. */
export type TrackSummary = { init: Init | null; segments: number; durationMs: number; sizeBytes: number }

/** The rows of one track of a video. */
export const ofTrack = (videoId: string, track: Track) => and(eq(segments.videoId, videoId), eq(segments.track, track))

/** Behind the first hole a number is greater than its position. */
const behindInit = (videoId: string, track: Track) => sql`
  select ${segments.number} as number, ${segments.durationMs} as duration_ms, ${segments.sizeBytes} as size_bytes,
    ${segments.init} is not null and not ${segments.filled} as is_init, ${segments.filled} as filled,
    ${segments.init} -> 'sizeBytes' as init_bytes, row_number() over (order by ${segments.number}) as position
  from ${segments} where ${ofTrack(videoId, track)} and ${segments.number} > 0`

const firstInit = (videoId: string, track: Track) =>
  sql`(select ${segments.init} from ${segments} where ${ofTrack(videoId, track)} and ${segments.number} = 0)`

/** Length, size and init segment of what may be played of a track, whatever its length in one row. */
export async function trackSummary(db: Db, videoId: string, track: Track): Promise<TrackSummary> {
  const stored = sql`(${behindInit(videoId, track)}) stored`
  const row = one(
    await db
      .select({
        init: sql<Init | null>`${firstInit(videoId, track)}`,
        segments: sql<number>`count(*)::int`,
        durationMs: sql<number>`coalesce(sum(duration_ms), 0)::float8`,
        sizeBytes: sql<number>`coalesce(sum(size_bytes), 0)::float8`,
      })
      .from(stored)
      .where(sql`number = position`)
      .prepare('track-summary')
      .execute(),
  )
  return row.init ? { ...row, durationMs: Math.round(row.durationMs) } : { init: null, segments: 0, durationMs: 0, sizeBytes: 0 }
}

/**
 * One number of a track that may be played; an init segment has no length. `filled`: it stands in for one that never arrived, and its
 * first bytes are an init segment of its own.
 */
export type Playable = {
  number: number
  durationMs: number
  isInit: boolean
  filled: { initBytes: number; sizeBytes: number } | null
}
type PlayableRow = [
  number: number,
  durationMs: number,
  isInit: boolean,
  filled: boolean,
  initBytes: number | null,
  sizeBytes: number,
]

/** What may be played of a track, in order, from number 1: empty without its first init segment. */
export async function playableSegments(db: Db, videoId: string, track: Track): Promise<Playable[]> {
  const row = one(
    await db.execute<{ has_init: boolean; playable: PlayableRow[] | null }>(sql`
      select ${firstInit(videoId, track)} is not null as has_init,
        json_agg(json_build_array(number, duration_ms, is_init, filled, init_bytes, size_bytes) order by number) as playable
      from (${behindInit(videoId, track)}) stored where number = position`),
  )
  if (!row.has_init) return []
  return (row.playable ?? []).map(([number, durationMs, isInit, filled, initBytes, sizeBytes]) => ({
    number,
    durationMs,
    isInit,
    filled: filled ? { initBytes: initBytes ?? 0, sizeBytes } : null,
  }))
}

/** Of 0 to `count`, what has not arrived; at most 1000 numbers. */
export async function missingNumbers(db: Db, videoId: string, track: Track, count: number): Promise<number[]> {
  const rows = await db.execute<{ number: number }>(sql`
    select wanted.number from generate_series(0, ${count}::int) as wanted(number)
    left join ${segments} on ${segments.number} = wanted.number and ${ofTrack(videoId, track)}
    where ${segments.number} is null order by wanted.number limit 1000`)
  return rows.map(({ number }) => number)
}

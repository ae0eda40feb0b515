import type { Receipt } from '@meanwhile/shared/contract/receipts'
import type { Track } from '@meanwhile/shared/contract/videos'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { trackSummary } from '@meanwhile/shared/db/ledger'
import { and, eq, gt, sql } from 'drizzle-orm'
import type { VideoRow } from './access.ts'

const { assets, segments } = schema

const isFilled = sql`${segments.filled}`

/** What arrived of each track and what was filled in. Init segments that came again count as any number does; the first does not. */
const arrivedByTrack = (db: Db, videoId: string) =>
  db
    .select({
      track: segments.track,
      received: sql<number>`count(*) filter (where not ${isFilled})::int`,
      filled: sql<number>`count(*) filter (where ${isFilled})::int`,
      receivedMs: sql<number>`coalesce(sum(${segments.durationMs}) filter (where not ${isFilled}), 0)::float8`,
    })
    .from(segments)
    .where(and(eq(segments.videoId, videoId), gt(segments.number, 0)))
    .groupBy(segments.track)

/** What the recorder said it made: at its end, else in its last report. */
function recordedOf({ finishedSegments, recoveredAt, recorded }: VideoRow, track: Track): number | null {
  const atTheEnd = recoveredAt ? undefined : finishedSegments?.[track]
  return atTheEnd ?? recorded?.tracks[track]?.segments ?? null
}

/** The proof that a recording is whole, or what of it is not. */
export async function receiptOf(db: Db, video: VideoRow): Promise<Receipt> {
  const [rows, [original], playable] = await Promise.all([
    arrivedByTrack(db, video.id),
    db
      .select({ durationMs: assets.durationMs })
      .from(assets)
      .where(and(eq(assets.videoId, video.id), eq(assets.name, 'original'))),
    Promise.all(video.tracks.map((track) => trackSummary(db, video.id, track))),
  ])
  const tracks = video.tracks.map((track, index) => {
    const arrived = rows.find((row) => row.track === track)
    const { received = 0, filled = 0 } = arrived ?? {}
    const heldBack = received + filled - (playable[index]?.segments ?? 0)
    const checked = video.checked?.[track] ?? 0
    return [track, { recorded: recordedOf(video, track), received, checked, heldBack, filled }] as const
  })
  return {
    tracks: Object.fromEntries(tracks),
    clockMs: video.clockMs,
    receivedMs: Math.round(rows.find(({ track }) => track === 'main')?.receivedMs ?? 0),
    probedMs: original?.durationMs ?? null,
    recoveredAt: video.recoveredAt,
    finishedAt: video.finishedAt,
  }
}

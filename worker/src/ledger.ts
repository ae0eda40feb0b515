import type { Track } from '@meanwhile/shared/contract/videos'
import type { Db } from '@meanwhile/shared/db/client'
import { segments, videos } from '@meanwhile/shared/db/schema/videos'
import { asc, eq } from 'drizzle-orm'
import { StageFailure } from './failure.ts'

/** One stored segment; number 0 is the init segment of its track. */
export type Part = { track: Track; number: number; sha256: string; sizeBytes: number; durationMs: number }

/** What arrived of one track: its init segment, and its media segments without a hole. */
export type TrackLedger = { track: Track; init: Part; parts: Part[]; durationMs: number; sizeBytes: number }
export type Ledger = { videoId: string; main: TrackLedger; audio: TrackLedger | null }

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

function trackLedger(track: Track, rows: Part[], count: number): TrackLedger {
  const [init, ...parts] = rows.filter((row) => row.track === track && row.number <= count)
  const isWhole = init?.number === 0 && parts.length === count && count > 0
  if (!init || !isWhole) throw new StageFailure('A part of the recording never arrived.', { isFinal: true })
  return {
    track,
    init,
    parts,
    durationMs: sum(parts.map((part) => part.durationMs)),
    sizeBytes: sum(parts.map((part) => part.sizeBytes)),
  }
}

/** The parts of a finished video, as the API wrote them down. @throws {StageFailure} when they are not complete */
export async function readLedger(db: Db, videoId: string): Promise<Ledger> {
  const [video] = await db.select().from(videos).where(eq(videos.id, videoId))
  if (!video?.finishedSegments) throw new StageFailure('The recording is not finished.', { isFinal: true })
  const rows = await db.select().from(segments).where(eq(segments.videoId, videoId)).orderBy(asc(segments.number))
  const { main = 0, audio } = video.finishedSegments
  return {
    videoId,
    main: trackLedger('main', rows, main),
    audio: audio === undefined ? null : trackLedger('audio', rows, audio),
  }
}

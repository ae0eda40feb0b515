import type { Track } from '@meanwhile/shared/contract/videos'
import type { Db } from '@meanwhile/shared/db/client'
import { segments, videos } from '@meanwhile/shared/db/schema/videos'
import { and, asc, eq, lte, sql } from 'drizzle-orm'
import { StageFailure } from './failure.ts'

/** One stored segment. `trackIds` are those that it has samples of, null where nobody looked. `isInit`: it says how what follows is coded; one that was filled in says so itself, and is media too. */
export type Part = {
  track: Track
  number: number
  sha256: string
  sizeBytes: number
  durationMs: number
  isInit: boolean
  filled: boolean
  trackIds: number[] | null
}

/**
 * Media that one init segment describes: it begins anew where the recorder's encoder did. Filled parts, which bring their own, are a
 * stretch too, and what comes behind them is described by the init segment from before.
 */
export type Stretch = { init: Part | null; parts: Part[] }

/** What arrived of one track, without a hole. `parts` are those with media; `all` has the init segments too. */
export type TrackLedger = {
  track: Track
  stretches: Stretch[]
  parts: Part[]
  all: Part[]
  durationMs: number
  sizeBytes: number
}
export type Ledger = { videoId: string; main: TrackLedger; audio: TrackLedger | null; camera: TrackLedger | null }

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)
const neverArrived = () => new StageFailure('A part of the recording never arrived.', { isFinal: true })

/** What a file of a stretch is made of, in order. */
export const partsOf = ({ init, parts }: Stretch): Part[] => (init ? [init, ...parts] : parts)

/** Splits the parts of a track where another init segment begins to count. @throws {StageFailure} when the first part is none */
export function stretchesOf(all: Part[]): Stretch[] {
  const stretches: Stretch[] = []
  let init: Part | undefined
  let current: Stretch | undefined
  for (const part of all) {
    if (part.isInit && !part.filled) init = part
    if (!init) throw neverArrived()
    const own = part.filled ? null : init
    if (!current || current.init !== own) {
      current = { init: own, parts: [] }
      stretches.push(current)
    }
    if (part.filled || !part.isInit) current.parts.push(part)
  }
  return stretches.filter(({ parts }) => parts.length > 0)
}

/** The ledger of a track whose parts are numbered from 0 to `count`. @throws {StageFailure} when one is missing */
export function trackLedger(track: Track, all: Part[], count: number): TrackLedger {
  if (count <= 0 || all.length !== count + 1 || all.some((part, number) => part.number !== number)) throw neverArrived()
  const stretches = stretchesOf(all)
  const parts = stretches.flatMap((stretch) => stretch.parts)
  if (parts.length === 0) throw neverArrived()
  return {
    track,
    stretches,
    parts,
    all,
    durationMs: sum(parts.map((part) => part.durationMs)),
    sizeBytes: sum(all.map((part) => part.sizeBytes)),
  }
}

const rowsOf = (db: Db, videoId: string, track: Track, count: number): Promise<Part[]> =>
  db
    .select({
      track: segments.track,
      number: segments.number,
      sha256: segments.sha256,
      sizeBytes: segments.sizeBytes,
      durationMs: segments.durationMs,
      isInit: sql<boolean>`${segments.number} = 0 or ${segments.init} is not null`,
      filled: segments.filled,
      trackIds: sql<number[] | null>`jsonb_path_query_array(${segments.runs}, '$[*].trackId')`,
    })
    .from(segments)
    .where(and(eq(segments.videoId, videoId), eq(segments.track, track), lte(segments.number, count)))
    .orderBy(asc(segments.number))

/** The parts of a finished video, as the API wrote them down. @throws {StageFailure} when they are not complete */
export async function readLedger(db: Db, videoId: string): Promise<Ledger> {
  const [video] = await db.select().from(videos).where(eq(videos.id, videoId))
  const finished = video?.finishedSegments
  if (!finished) throw new StageFailure('The recording is not finished.', { isFinal: true })
  const read = async (track: Track, count: number) => trackLedger(track, await rowsOf(db, videoId, track, count), count)
  const other = async (track: Track) => (finished[track] === undefined ? null : read(track, finished[track]))
  return { videoId, main: await read('main', finished.main ?? 0), audio: await other('audio'), camera: await other('camera') }
}

import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { Track } from '@meanwhile/shared/contract/videos'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { ofTrack } from '@meanwhile/shared/db/ledger'
import { CmafError, type Init, type Run, segmentDurationMs } from '@meanwhile/shared/media/cmaf'
import { and, asc, count, desc, eq, gt, isNotNull, lt, sql } from 'drizzle-orm'

const { segments } = schema

/** A number of a track of a video. */
export type Place = { videoId: string; track: Track; number: number }

/** What the boxes of a segment say: those of an init segment, or of media. */
export type Boxes = { init: Init } | { runs: Run[] }

/** Turns what the box reader refuses into a problem. */
export async function asProblem<T>(read: () => Promise<T> | T): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw error instanceof CmafError ? new ProblemError('not-cmaf', `The file was refused: ${error.message}.`) : error
  }
}

/**
 * Until the transaction ends, media and an init segment of one track do not miss each other: either the media sees the init segment
 * when it is measured, or the init segment sees the media.
 */
export async function holdTrack(tx: Db, { videoId, track }: Place, boxes: Boxes) {
  const key = sql`hashtextextended(${`${videoId} ${track}`}, 0)`
  await tx.execute('init' in boxes ? sql`select pg_advisory_xact_lock(${key})` : sql`select pg_advisory_xact_lock_shared(${key})`)
}

/** A filled number has not arrived: an init segment may have been there. */
async function isWholeBetween(tx: Db, { videoId, track, number }: Place, initNumber: number) {
  const between = and(gt(segments.number, initNumber), lt(segments.number, number))
  const [row] = await tx
    .select({ arrived: count() })
    .from(segments)
    .where(and(ofTrack(videoId, track), between, eq(segments.filled, false)))
  return row?.arrived === number - initNumber - 1
}

/**
 * The length of media as its boxes say it, by the nearest init segment before it, which is not that of a filled part; until there is one, as it was told. Where
 * something between them is missing, it may be the init segment that this belongs to.
 * @throws {ProblemError} `not-cmaf` when it does not belong to the init segment that comes right before
 */
export async function measure(tx: Db, place: Place, boxes: Boxes, toldMs: number): Promise<number> {
  if ('init' in boxes) return 0
  const { videoId, track, number } = place
  const [nearest] = await tx
    .select({ number: segments.number, init: segments.init })
    .from(segments)
    .where(and(ofTrack(videoId, track), lt(segments.number, number), isNotNull(segments.init), eq(segments.filled, false)))
    .orderBy(desc(segments.number))
    .limit(1)
  const init = nearest?.init
  if (!init) return toldMs
  try {
    return segmentDurationMs(init, boxes)
  } catch (error) {
    if (error instanceof CmafError && !(await isWholeBetween(tx, place, nearest.number))) return toldMs
    return asProblem(() => {
      throw error
    })
  }
}

/**
 * Measures the media between an init segment that has arrived now and the next one.
 * @throws {ProblemError} `not-cmaf` when what follows it without a hole does not belong to it
 */
export async function remeasure(tx: Db, { videoId, track, number: initNumber }: Place, init: Init) {
  const later = await tx
    .select({ number: segments.number, runs: segments.runs, isInit: sql<boolean>`${segments.init} is not null` })
    .from(segments)
    .where(and(ofTrack(videoId, track), gt(segments.number, initNumber), eq(segments.filled, false)))
    .orderBy(asc(segments.number))
  let follows = initNumber + 1
  for (const { number, runs, isInit } of later) {
    if (isInit) return
    const isNext = number === follows++
    try {
      const durationMs = segmentDurationMs(init, { runs: runs ?? [] })
      await tx
        .update(segments)
        .set({ durationMs })
        .where(and(ofTrack(videoId, track), eq(segments.number, number)))
    } catch (error) {
      if (!(error instanceof CmafError)) throw error
      if (isNext)
        throw new ProblemError('not-cmaf', `The file was refused: segment ${number} does not belong to it: ${error.message}.`)
    }
  }
}

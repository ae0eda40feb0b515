import type { Track } from '@meanwhile/shared/contract/videos'
import { type Db, schema } from '@meanwhile/shared/db/client'
import type { Init } from '@meanwhile/shared/media/cmaf'
import { and, asc, eq, sql } from 'drizzle-orm'

const { segments } = schema

/** What has arrived of one track. `contiguous` is the prefix that may be played: it ends before the first hole. */
export type TrackLedger = {
  init: Init | null
  numbers: number[]
  contiguous: { number: number; durationMs: number; sizeBytes: number }[]
  sizeBytes: number
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0)

/** What has arrived of a track, in order. */
export async function trackLedger(db: Db, videoId: string, track: Track): Promise<TrackLedger> {
  const rows = await db
    .select({ number: segments.number, durationMs: segments.durationMs, sizeBytes: segments.sizeBytes, init: segments.init })
    .from(segments)
    .where(and(eq(segments.videoId, videoId), eq(segments.track, track)))
    .orderBy(asc(segments.number))
  const media = rows.filter(({ number }) => number > 0)
  const init = rows.find(({ number }) => number === 0)?.init ?? null
  const hole = media.findIndex(({ number }, index) => number !== index + 1)
  return {
    init,
    numbers: rows.map(({ number }) => number),
    contiguous: init ? media.slice(0, hole === -1 ? media.length : hole) : [],
    sizeBytes: sum(rows.map(({ sizeBytes }) => sizeBytes)),
  }
}

/** Length of the contiguous segments in ms. */
export const playableMs = ({ contiguous }: TrackLedger): number => Math.round(sum(contiguous.map(({ durationMs }) => durationMs)))

/** Bits a second over the contiguous segments. */
export function bitsPerSecond(ledger: TrackLedger): number {
  const ms = playableMs(ledger)
  return ms === 0 ? 0 : Math.round((sum(ledger.contiguous.map(({ sizeBytes }) => sizeBytes)) * 8000) / ms)
}

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
    left join ${segments} on ${segments.number} = wanted.number and ${segments.videoId} = ${videoId} and ${segments.track} = ${track}
    where ${segments.number} is null order by wanted.number limit 1000`)
  return rows.map(({ number }) => number)
}

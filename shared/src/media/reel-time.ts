import { keptRanges, normalizeCuts, type Range, watchedLengthMs, watchMs } from './cuts.ts'
import { lengthOf, union, without } from './intervals.ts'

/** More than so many updates that are left for another reel are not counted. */
export const mostLeft = 900

/** A jump over less costs as much as it saves. */
export const worthJumpMs = 600
/** Less than this is no part that somebody has missed: reports are rounded, and jumps have edges. */
const leastPartMs = 1000

type Recording = {
  recordedMs: number
  cuts: readonly Range[]
  /** In recorded time; null while they are not known. */
  silences: readonly Range[] | null
  /** What its viewer has seen, in recorded time. */
  seen: readonly Range[]
}

/** `durationMs`: as it is watched. `playMs`: what of it is played; `silentMs`: how much of that is silence worth a jump. */
export type ReelTimes = { durationMs: number; playMs: number; silentMs: number }

/** How long a recording is in a reel. @param onlyUnseen what its viewer has seen is left out */
export function timesOf({ recordedMs, cuts, silences, seen }: Recording, onlyUnseen: boolean): ReelTimes {
  const left = normalizeCuts(cuts, recordedMs)
  const asWatched = (ranges: readonly Range[]) =>
    normalizeCuts(
      ranges.map(([from, to]): Range => [watchMs(left, from), watchMs(left, to)]),
      durationMs,
    )
  const durationMs = watchedLengthMs(left, recordedMs)
  const parts = onlyUnseen ? keptRanges(asWatched(seen), durationMs).filter(([from, to]) => to - from >= leastPartMs) : []
  // Somebody who has seen all but crumbs of it gets all of it again rather than nothing.
  const played: Range[] = parts.length > 0 ? parts : [[0, durationMs]]
  const quiet = asWatched(silences ?? []).filter(([from, to]) => to - from >= worthJumpMs)
  const heard = without(played, quiet)
  return { durationMs, playMs: lengthOf(played), silentMs: lengthOf(played) - lengthOf(heard) }
}

/** Whether somebody has heard so much of what is said in it that the rest is silence: what a player jumps over is never seen. */
export function heardOf({ recordedMs, cuts, silences, seen }: Recording): { heardMs: number; saidMs: number } {
  const leftOut = union(cuts, silences ?? [])
  return { heardMs: lengthOf(without(seen, leftOut)), saidMs: lengthOf(without([[0, recordedMs]], leftOut)) }
}

/** How long all of it takes somebody, in ms: cards are read at everybody's own speed. */
export const listeningMs = (
  items: readonly { videoId: string | null; playMs: number; silentMs: number }[],
  { rate, skipSilences }: { rate: number; skipSilences: boolean },
): number =>
  items.reduce(
    (sum, { videoId, playMs, silentMs }) =>
      sum + (videoId === null ? playMs : Math.round((playMs - (skipSilences ? silentMs : 0)) / rate)),
    0,
  )

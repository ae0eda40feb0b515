import type { Range } from '@meanwhile/shared/media/cuts'

const lengthOf = ([from, to]: Range) => to - from

/**
 * What of a recording is shown before it is watched: the first range that is kept and long enough, else the longest. Nothing that was cut
 * is in it. @param kept not empty
 */
export function rangeToShow(kept: readonly Range[], wantedMs: number): Range {
  const longest = kept.reduce((most, each) => (lengthOf(each) > lengthOf(most) ? each : most), kept[0] ?? [0, 0])
  return kept.find((range) => lengthOf(range) >= wantedMs) ?? longest
}

/** The moment of the poster: at one second, or at a tenth of what is shorter, and the range it lies in. */
export function momentToShow(kept: readonly Range[]): { atMs: number; range: Range } {
  const range = rangeToShow(kept, 2_000)
  return { atMs: range[0] + Math.min(1_000, lengthOf(range) / 10), range }
}

/** The seconds of the preview: they begin up to a second later, where there are enough. */
export function secondsToShow(kept: readonly Range[], lengthMs: number): Range {
  const [from, to] = rangeToShow(kept, lengthMs)
  const start = from + Math.min(1_000, Math.max(0, to - from - lengthMs))
  return [start, Math.min(to, start + lengthMs)]
}

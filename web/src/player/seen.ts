import { keptRanges, type Range } from '@meanwhile/shared/media/cuts'

/** Ranges in order, overlapping and touching ones joined. */
export function joined(ranges: Range[]): Range[] {
  const result: Range[] = []
  for (const [from, to] of ranges.toSorted((a, b) => a[0] - b[0])) {
    const last = result.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else result.push([from, to])
  }
  return result
}

/**
 * Collects which parts of a video have really been played. `at` says where playback is now; what lies between two calls
 * counts as seen, whatever the speed, unless `cut` (a seek, another source) came between them. `take` empties it.
 */
export function seenRanges() {
  let last: number | null = null
  let ranges: Range[] = []
  return {
    at(ms: number) {
      if (last !== null && ms > last) ranges = joined([...ranges, [last, ms]])
      last = ms
    },
    cut() {
      last = null
    },
    /** What has been seen since the last time. */
    take(): Range[] {
      const taken = ranges
      ranges = []
      return taken
    },
    /** Puts back what could not be reported. */
    restore(taken: Range[]) {
      ranges = joined([...taken, ...ranges])
    },
  }
}

/** The parts of recorded ranges that are watched: an edited file plays over its cuts without a seek. */
export const withoutCuts = (ranges: Range[], cuts: readonly Range[]): Range[] =>
  ranges.flatMap(([from, to]) =>
    keptRanges(cuts, to).flatMap(([start, end]): Range[] => (end > from ? [[Math.max(start, from), end]] : [])),
  )

import { keptRanges, normalizeCuts, type Range } from './cuts.ts'

/** How much the ranges hold together, in ms. @param ranges merged */
export const lengthOf = (ranges: readonly Range[]): number => ranges.reduce((sum, [from, to]) => sum + to - from, 0)

/** Both together, merged and sorted. */
export const union = (a: readonly Range[], b: readonly Range[]): Range[] => normalizeCuts([...a, ...b])

/** What of `ranges` is not in `taken`. @param ranges merged */
export const without = (ranges: readonly Range[], taken: readonly Range[]): Range[] =>
  ranges.flatMap(([from, to]) =>
    keptRanges(taken, to).flatMap(([start, end]): Range[] => (end > from ? [[Math.max(start, from), end]] : [])),
  )

/**
 * At most `max` ranges that hold at least what was given: the smallest gaps are closed. So what a viewer has seen stays small,
 * whatever is reported. @param ranges merged
 */
export function coarsened(ranges: readonly Range[], max: number): Range[] {
  if (ranges.length <= max) return ranges.map(([from, to]) => [from, to])
  const gaps = ranges.slice(1).map(([from], index) => ({ index, ms: from - (ranges[index]?.[1] ?? from) }))
  const kept = new Set(
    gaps
      .sort((a, b) => b.ms - a.ms || a.index - b.index)
      .slice(0, max - 1)
      .map(({ index }) => index),
  )
  const result: Range[] = []
  for (const [index, [from, to]] of ranges.entries()) {
    const last = result.at(-1)
    if (last && !kept.has(index - 1)) last[1] = to
    else result.push([from, to])
  }
  return result
}

const viewMs = 5_000
const nearlyAll = 0.75

/** Whether this much is a view: 5 s, or 75 % of something shorter. @param lengthMs as it is watched; null while it is recorded */
export const isView = (seenMs: number, lengthMs: number | null): boolean =>
  seenMs >= viewMs || (lengthMs !== null && seenMs >= lengthMs * nearlyAll)

/** Whether somebody who saw this much has caught up. Silences that were jumped over are not seen, so it need not be all. */
export const isCaughtUp = (seenMs: number, lengthMs: number | null): boolean =>
  lengthMs !== null && seenMs >= lengthMs * nearlyAll

/** Half-open range of media time in ms. */
export type Range = [fromMs: number, toMs: number]

/**
 * Ranges as they are kept: sorted, merged, the empty ones dropped.
 * @param endMs where the recording ends, when that is known: nothing reaches beyond it
 */
export function normalizeCuts(cuts: readonly Range[], endMs = Number.POSITIVE_INFINITY): Range[] {
  const merged: Range[] = []
  const sorted = cuts.map(([from, to]): Range => [Math.max(0, from), Math.min(to, endMs)]).sort((a, b) => a[0] - b[0])
  for (const [from, to] of sorted) {
    const last = merged.at(-1)
    if (from >= to) continue
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

/** What is watched of a recording that is `durationMs` long. @param cuts normalised */
export function keptRanges(cuts: readonly Range[], durationMs: number): Range[] {
  const kept: Range[] = []
  let from = 0
  for (const [cutFrom, cutTo] of normalizeCuts(cuts, durationMs)) {
    if (cutFrom > from) kept.push([from, cutFrom])
    from = cutTo
  }
  if (from < durationMs) kept.push([from, durationMs])
  return kept
}

/** How long a recording of `durationMs` is to watch, in ms. */
export const watchedLengthMs = (cuts: readonly Range[], durationMs: number): number =>
  keptRanges(cuts, durationMs).reduce((sum, [from, to]) => sum + to - from, 0)

/** Where a recorded moment is when the cuts are left out; a moment inside a cut is where the cut was. @param cuts normalised */
export const watchMs = (cuts: readonly Range[], recordedMs: number): number =>
  recordedMs - cuts.reduce((sum, [from, to]) => sum + Math.max(0, Math.min(recordedMs, to) - from), 0)

/** Which recorded moment is watched at `watchMs`; where a cut was, it is the moment behind it. @param cuts normalised */
export function recordedMs(cuts: readonly Range[], watchMs: number): number {
  let ms = watchMs
  for (const [from, to] of cuts) if (from <= ms) ms += to - from
  return ms
}

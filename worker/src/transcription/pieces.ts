import { keptRanges, type Range } from '@meanwhile/shared/media/cuts'

/** Of a sound that is cut in a silence, a piece has at least this share of what it may have. */
const leastShare = 0.4

/** The latest moment up to `latest` at which nobody speaks; none before `earliest`. */
function pauseBetween(silences: readonly Range[], earliest: number, latest: number): number | undefined {
  const middles = silences.map(([from, to]) => (from + Math.min(to, latest + (to - from) / 2)) / 2)
  return middles.findLast((middle) => middle > earliest && middle <= latest)
}

/**
 * The pieces in which a sound is sent: each at most `longestMs` long, cut where nobody speaks when there is such a moment, and none in
 * which nobody speaks at all. @param silences sorted
 */
export function piecesOf(durationMs: number, silences: readonly Range[], longestMs: number | null): Range[] {
  const most = longestMs ?? durationMs
  const spoken = keptRanges(silences, durationMs)
  const pieces: Range[] = []
  for (let from = 0; from < durationMs; ) {
    const latest = from + most
    const to = latest >= durationMs ? durationMs : (pauseBetween(silences, from + most * leastShare, latest) ?? latest)
    if (spoken.some(([start, end]) => start < to && end > from)) pieces.push([Math.floor(from), Math.floor(to)])
    from = Math.floor(to)
  }
  return pieces
}

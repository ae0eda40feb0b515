import { keptRanges, type Range } from '@meanwhile/shared/media/cuts'

/** Of a sound that is cut in a silence, a piece has at least this share of what it may have. */
const leastShare = 0.4

/** The latest moment up to `latest` at which nobody speaks, the middle of a silence where it can be; none up to `earliest`. */
const pauseBetween = (silences: readonly Range[], earliest: number, latest: number): number | undefined =>
  silences
    .filter(([from]) => from < latest)
    .map(([from, to]) => Math.min((from + to) / 2, latest))
    .findLast((moment) => moment > earliest)

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

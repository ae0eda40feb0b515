import type { Waveform } from '@meanwhile/shared/contract/videos'
import { type Clock, recordedOfWatch } from '../clock.ts'

/**
 * A waveform as it is watched: the loudest of each of `columns` parts of the time line, 0 to 1, the loudest of all being 1.
 * `durationMs` is the length as it is watched.
 */
export function columnsOf({ intervalMs, peaks }: Waveform, clock: Clock, durationMs: number, columns: number): number[] {
  const highest = Math.max(1, ...peaks)
  const indexAt = (ms: number) => Math.floor(recordedOfWatch(clock, ms) / intervalMs)
  return Array.from({ length: columns }, (_, column) => {
    const from = indexAt((column * durationMs) / columns)
    const to = Math.max(from + 1, indexAt(((column + 1) * durationMs) / columns))
    // Behind a cut the next column begins far away; what lies between is not watched.
    const last = Math.min(to, from + Math.ceil(durationMs / columns / intervalMs) + 1)
    return Math.max(0, ...peaks.slice(from, last)) / highest
  })
}

/** An SVG path of bars that stand on the line at `height`, one a column, each 1 wide. */
export const barsPath = (columns: readonly number[], height: number): string =>
  columns.map((part, index) => `M${index + 0.5} ${height}V${(height - part * height).toFixed(1)}`).join('')

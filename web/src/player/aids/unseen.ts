import { keptRanges, normalizeCuts, type Range } from '@meanwhile/shared/media/cuts'
import { union } from '@meanwhile/shared/media/intervals'
import { type Clock, watchOfRecorded } from '../clock.ts'

/** Less than this is no part that somebody has missed: reports are rounded, and jumps have edges. */
const leastMs = 1000

const isPart = ([from, to]: Range) => to - from >= leastMs

/** Recorded ranges as ranges of watching, with what lies between two of them where that is too little to be missed. */
export function asWatched(ranges: readonly Range[], clock: Clock, durationMs: number): Range[] {
  const watched = ranges.map(([from, to]): Range => [watchOfRecorded(clock, from), watchOfRecorded(clock, to)])
  const merged = normalizeCuts(watched, durationMs)
  return merged.length === 0 ? [] : keptRanges(keptRanges(merged, durationMs).filter(isPart), durationMs)
}

/**
 * What of a video somebody has not seen, as ranges of watching. Silences are nothing to be seen.
 * @param seen and `silences` as ranges of watching
 */
export const unseenParts = (seen: readonly Range[], silences: readonly Range[], durationMs: number): Range[] =>
  keptRanges(union(seen, silences), durationMs).filter(isPart)

/** What is left out so that only the parts are played. */
export const aroundParts = (parts: readonly Range[], durationMs: number): Range[] => keptRanges(parts, durationMs)

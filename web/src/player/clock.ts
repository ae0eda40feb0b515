import { type Range, recordedMs, watchMs } from '@meanwhile/shared/media/cuts'

/**
 * What a source does with the cuts of its video. `edited`: they are left out of the file itself, so its time is watch
 * time already; else its time is recorded time, and the player jumps over `cuts`.
 */
export type Clock = { cuts: readonly Range[]; edited: boolean }

export const plainClock: Clock = { cuts: [], edited: false }

/** A cut that ends less than this before the recording does leaves nothing to see behind it. */
const restMs = 100

/** The clock of a source. A cut that reaches the end has none: the length that an element measures differs by a frame. */
export function clockOf({ cuts, recordedMs: wholeMs }: { cuts: readonly Range[]; recordedMs: number }, edited: boolean): Clock {
  const open = cuts.map(([from, to]): Range => [from, to >= wholeMs - restMs ? Number.POSITIVE_INFINITY : to])
  return { cuts: open, edited }
}

/** Where the cut begins that nothing is behind, in ms of the element's time; infinite where there is none. */
export function openEnd({ cuts, edited }: Clock): number {
  const last = cuts.at(-1)
  return !edited && last?.[1] === Number.POSITIVE_INFINITY ? last[0] : Number.POSITIVE_INFINITY
}

/** Moments in ms of an element's time, of watching and of the recording, each in terms of another. */
export const watchOfMedia = ({ cuts, edited }: Clock, ms: number): number => (edited ? ms : watchMs(cuts, ms))

export function recordedOfWatch({ cuts }: Clock, ms: number): number {
  // Of a cut that reaches the end, not even the first frame.
  const recorded = recordedMs(cuts, ms)
  return Number.isFinite(recorded) ? recorded : (cuts.at(-1)?.[0] ?? 1) - 1
}

export const recordedOfMedia = (clock: Clock, ms: number): number => (clock.edited ? recordedOfWatch(clock, ms) : ms)

export const watchOfRecorded = ({ cuts }: Clock, ms: number): number => watchMs(cuts, ms)

export const mediaOfWatch = (clock: Clock, ms: number): number => (clock.edited ? ms : recordedOfWatch(clock, ms))

/** Whether a recorded moment is left out. */
export const isCut = ({ cuts }: Clock, ms: number): boolean => cuts.some(([from, to]) => from <= ms && ms < to)

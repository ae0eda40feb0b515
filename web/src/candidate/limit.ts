/** After the limit a sentence may be finished, in ms. */
export const graceMs = 10_000
/** So near to the limit it is said, in ms. */
const soonMs = 10_000

export type Left = {
  /** Until the limit, 0 after it, in ms; a clock counts down to it: at the last second there is one. */
  leftMs: number
  /** Whole seconds until it stops by itself; null before the limit. */
  graceSeconds: number | null
  isSoon: boolean
  isOver: boolean
}

/** What is left of an answer that may be `limitMs` long. */
export function leftOf(elapsedMs: number, limitMs: number): Left {
  const left = limitMs - elapsedMs
  return {
    leftMs: Math.max(0, Math.ceil(left / 1000) * 1000),
    graceSeconds: left > 0 ? null : Math.max(0, Math.ceil((left + graceMs) / 1000)),
    isSoon: left <= soonMs,
    isOver: left + graceMs <= 0,
  }
}

import { normalizeCuts, type Range } from '@meanwhile/shared/media/cuts'
import { parseTimeCode, timeCode } from '@meanwhile/shared/media/time-code'

/** What is kept between the ends, in ms of the recording. */
export type Trim = { startMs: number; endMs: number }

/** So much is always kept. */
export const leastMs = 500
/** A cut that comes so close to an end reaches it. */
const closeMs = 100

/** Where the cuts at the two ends leave off. */
export function trimOf(cuts: readonly Range[], recordedMs: number): Trim {
  const first = cuts[0]
  const last = cuts.at(-1)
  return {
    startMs: first && first[0] === 0 && first[1] < recordedMs - closeMs ? first[1] : 0,
    endMs: last && last[0] > 0 && last[1] >= recordedMs - closeMs ? last[0] : recordedMs,
  }
}

/** The cuts with other ends; what is cut between them stays so. */
export function cutsOf({ startMs, endMs }: Trim, cuts: readonly Range[], recordedMs: number): Range[] {
  const inner = cuts.filter(([from, to]) => from > 0 && to < recordedMs - closeMs)
  return normalizeCuts([[0, startMs], ...inner, [endMs, recordedMs]], recordedMs)
}

/** The trim with one end moved, as far as that goes. Whole ms. */
export function moved(trim: Trim, end: 'start' | 'end', ms: number, recordedMs: number): Trim {
  const at = Math.round(ms)
  if (end === 'start') return { ...trim, startMs: Math.max(0, Math.min(at, trim.endMs - leastMs)) }
  return { ...trim, endMs: Math.min(recordedMs, Math.max(at, trim.startMs + leastMs)) }
}

/** `83_240` → `1:23.2`: a moment to the tenth of a second. */
export const preciseTime = (ms: number): string => `${timeCode(ms)}.${Math.floor((ms % 1000) / 100)}`

/** `1:23.2`, `83.2`, `1m23s` in ms; null when it is no time. */
export function parsePreciseTime(text: string): number | null {
  const [, whole = '', tenths = '0'] = /^(.*:[0-5]\d)(?:[.,](\d{1,3}))?$/.exec(text.trim()) ?? []
  const ms = parseTimeCode(whole || text.trim().replace(',', '.'))
  return ms === null ? null : ms + (whole ? Math.round(Number(`0.${tenths}`) * 1000) : 0)
}

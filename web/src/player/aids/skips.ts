import { normalizeCuts, type Range } from '@meanwhile/shared/media/cuts'
import { type Rate, watchMs } from '@meanwhile/shared/media/rates'
import { timeCode } from '@meanwhile/shared/media/time-code'
import { type Clock, watchOfRecorded } from '../clock.ts'
import { say } from '../words.ts'

/** A jump over less costs as much as it saves. */
const worthMs = 600

/** The recorded silences that are worth a jump, as ranges of watching. What is cut between two of them makes one of them. */
export function skipsOf(silences: readonly Range[], clock: Clock, durationMs: number): Range[] {
  const watched = silences.map(([from, to]): Range => [watchOfRecorded(clock, from), watchOfRecorded(clock, to)])
  return normalizeCuts(watched, durationMs).filter(([from, to]) => to - from >= worthMs)
}

/** How much of the ranges lies behind a moment, in ms. */
export const lengthFrom = (ranges: readonly Range[], ms: number): number =>
  ranges.reduce((sum, [from, to]) => sum + Math.max(0, to - Math.max(from, ms)), 0)

/** Less than this nobody needs to be told of. */
const tellMs = 1000

/**
 * What a viewer may expect before playing: `9:10 → 5:02 at 1.5× without silences`. Null where the silences make no difference.
 * `silentMs` of `durationMs` are silent; `skipping`: they will be left out.
 */
export function forecast(length: {
  durationMs: number
  silentMs: number
  rate: Rate | number
  skipping: boolean
}): string | null {
  const { durationMs, silentMs, rate, skipping } = length
  if (silentMs < tellMs) return null
  const whole = timeCode(durationMs)
  const short = timeCode(watchMs(durationMs - silentMs, rate))
  if (rate === 1)
    return skipping ? say('forecast.skipping', { length: whole, short }) : say('forecast.all', { length: whole, short })
  if (skipping) return say('forecast.skippingAt', { length: whole, short, rate: `${rate}×` })
  return say('forecast.allAt', { length: whole, long: timeCode(watchMs(durationMs, rate)), rate: `${rate}×`, short })
}

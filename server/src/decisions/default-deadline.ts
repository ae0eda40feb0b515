import type { AgreementContent } from '@meanwhile/shared/contract/agreement'
import type { Decider } from '@meanwhile/shared/db/deciders'
import { calendarOf } from '@meanwhile/shared/working-hours/clock'
import { respondBy } from '@meanwhile/shared/working-hours/respond-by'

/** Where the team waits for no decision, or nobody who decides ever works. */
const otherwiseMs = 7 * 86_400_000

/** When all who decide have had the time that the team agreed on, each of them by their own clock: the slowest of them counts. */
export function defaultDeadline(agreement: AgreementContent, deciders: readonly Decider[], now: Date): Date {
  const ends = deciders.flatMap((person) => respondBy(agreement, 'decision', calendarOf(person), now) ?? [])
  return ends.length > 0 ? new Date(Math.max(...ends.map((end) => end.getTime()))) : new Date(now.getTime() + otherwiseMs)
}

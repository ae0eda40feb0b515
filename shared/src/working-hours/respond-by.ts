import type { AgreementContent, MessageKind } from '../contract/agreement.ts'
import { afterWorkingDays, afterWorkingTime, type WorkCalendar } from './clock.ts'

const unitMs = { minutes: 60_000, hours: 3_600_000 }

/**
 * By when somebody is to answer, by what their team has agreed on: the clock runs in the working hours of the one who answers alone. Null when
 * nobody waits for an answer, or they never work.
 * @param at when they were asked
 */
export function respondBy(
  { replies }: Pick<AgreementContent, 'replies'>,
  kind: MessageKind,
  answerer: WorkCalendar,
  at: Date,
): Date | null {
  const time = replies[kind]
  if (!time) return null
  return time.unit === 'days'
    ? afterWorkingDays(answerer, at, time.amount)
    : afterWorkingTime(answerer, at, time.amount * unitMs[time.unit])
}

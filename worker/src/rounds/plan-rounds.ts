import { type AskedTimes, datesBetween } from '@meanwhile/shared/working-hours/cadence'
import { dateAfter, localDate, momentAt } from '@meanwhile/shared/working-hours/clock'
import { type CheckInRow, type Member, timesFor } from './people-of.ts'

/** Where a day begins first, and where it ends last. */
const firstZone = { timeZone: 'Pacific/Kiritimati' }
const lastZone = { timeZone: 'Etc/GMT+12' }

/** Of a machine that was off for longer, what was missed before is not made up. */
const lookBackDays = 31

export type Asked = AskedTimes & { userId: string }
export type PlannedRound = { date: string; opensAt: Date; dueAt: Date; asked: Asked[] }

/** Who is asked on a date, and when; null when nobody is. */
function planRound(checkIn: CheckInRow, people: readonly Member[], date: string): PlannedRound | null {
  const asked = people.flatMap((person) => {
    const times = person.role === 'participant' ? timesFor(checkIn, person, date) : null
    return times ? [{ userId: person.userId, ...times }] : []
  })
  if (asked.length === 0) return null
  const opensAt = new Date(Math.min(...asked.map((each) => each.opensAt.getTime())))
  const dueAt = new Date(Math.max(...asked.map((each) => each.dueAt.getTime())))
  return { date, opensAt, dueAt, asked }
}

/**
 * What is to be opened of a check-in, and the day up to which everything is decided then: with a round, or because that day is over
 * everywhere and nobody was asked.
 */
export function planRounds(
  checkIn: CheckInRow,
  people: readonly Member[],
  now: Date,
): { toOpen: PlannedRound[]; settledThrough: string } {
  const today = localDate(firstZone, now)
  const earliest = [dateAfter(localDate(lastZone, checkIn.activeFrom), -1), dateAfter(today, -lookBackDays)]
  if (checkIn.settledThrough) earliest.push(dateAfter(checkIn.settledThrough, 1))
  const toOpen: PlannedRound[] = []
  let undecided: string | undefined
  for (const date of datesBetween(checkIn, earliest.sort().at(-1) ?? today, today)) {
    const round = planRound(checkIn, people, date)
    if (round && round.opensAt <= now) toOpen.push(round)
    else if (round || momentAt(lastZone, date, '24:00') > now) undecided ??= date
  }
  return { toOpen, settledThrough: undecided ? dateAfter(undecided, -1) : today }
}

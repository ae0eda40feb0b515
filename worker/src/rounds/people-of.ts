import type { PersonRole } from '@meanwhile/shared/contract/check-ins'
import type { Db } from '@meanwhile/shared/db/client'
import { checkInPeople, checkIns } from '@meanwhile/shared/db/schema/check-ins'
import { busyCalendars } from '@meanwhile/shared/db/schema/delivery'
import { members, users } from '@meanwhile/shared/db/schema/people'
import { seesCheckIn } from '@meanwhile/shared/db/sees-check-in'
import { type AskedTimes, askedTimes } from '@meanwhile/shared/working-hours/cadence'
import { calendarOf } from '@meanwhile/shared/working-hours/clock'
import { and, eq, inArray } from 'drizzle-orm'

export type CheckInRow = typeof checkIns.$inferSelect
type Clock = Pick<typeof users.$inferSelect, 'timeZone' | 'workingHours' | 'daysOff'>
export type Member = Clock & { checkInId: string; userId: string; role: PersonRole }

/** Who takes part in check-ins as things are: those who left the workspace, or do not see its channel any more, do not. Days off of their own calendar are days off. */
export async function peopleOf(db: Db, checkInIds: string[]): Promise<Member[]> {
  const rows = await db
    .select({
      checkInId: checkInPeople.checkInId,
      userId: users.id,
      role: checkInPeople.role,
      timeZone: users.timeZone,
      workingHours: users.workingHours,
      daysOff: users.daysOff,
      away: busyCalendars.daysOff,
    })
    .from(checkInPeople)
    .innerJoin(checkIns, eq(checkIns.id, checkInPeople.checkInId))
    .innerJoin(users, eq(users.id, checkInPeople.userId))
    .innerJoin(members, and(eq(members.userId, users.id), eq(members.workspaceId, checkIns.workspaceId)))
    .leftJoin(busyCalendars, eq(busyCalendars.userId, users.id))
    .where(
      and(
        inArray(checkInPeople.checkInId, checkInIds),
        seesCheckIn({ userId: members.userId, workspaceId: members.workspaceId }),
      ),
    )
  return rows.map(({ away, daysOff, ...person }) => ({ ...person, daysOff: [...daysOff, ...(away ?? [])] }))
}

/** When a person is asked on a date; null for who has the day off, and where it was over before it counted. */
export function timesFor(checkIn: CheckInRow, person: Clock, date: string): AskedTimes | null {
  const calendar = calendarOf({ ...person, timeZone: person.timeZone ?? checkIn.timeZone })
  const times = askedTimes(calendar, date, checkIn)
  return times && times.dueAt > checkIn.activeFrom ? times : null
}

import { eq, inArray } from 'drizzle-orm'
import { type FocusBlock, usualWindows } from '../contract/delivery.ts'
import { calendarOf } from '../working-hours/clock.ts'
import { type DeliveryCalendar, nextDelivery, openDelivery } from '../working-hours/delivery.ts'
import type { Db } from './client.ts'
import { busyCalendars, deliveryRules } from './schema/delivery.ts'
import { users } from './schema/people.ts'

/** What decides when somebody gets something. */
export type DeliveryTimes = { windows: string[]; calendar: DeliveryCalendar; blocks: FocusBlock[] }

/** Of these people, by their ids. */
export async function deliveryTimesOf(db: Db, userIds: readonly string[]): Promise<Map<string, DeliveryTimes>> {
  if (userIds.length === 0) return new Map()
  const rows = await db
    .select({
      id: users.id,
      timeZone: users.timeZone,
      workingHours: users.workingHours,
      daysOff: users.daysOff,
      windows: deliveryRules.windows,
      blocks: deliveryRules.focusBlocks,
      busy: busyCalendars.busy,
      away: busyCalendars.daysOff,
    })
    .from(users)
    .leftJoin(deliveryRules, eq(deliveryRules.userId, users.id))
    .leftJoin(busyCalendars, eq(busyCalendars.userId, users.id))
    .where(inArray(users.id, [...userIds]))
  return new Map(
    rows.map(({ id, windows, blocks, busy, away, ...person }) => {
      const daysOff = [...person.daysOff, ...(away ?? [])]
      const stretches = (busy ?? []).map(([from, to]) => ({ from: new Date(from), to: new Date(to) }))
      const calendar = { ...calendarOf({ ...person, daysOff }), busy: stretches }
      return [id, { windows: windows ?? usualWindows, blocks: blocks ?? [], calendar }]
    }),
  )
}

/** When somebody gets what happens at a moment; null while they never work. */
export const nextDeliveryOf = ({ windows, calendar, blocks }: DeliveryTimes, at: Date): Date | null =>
  nextDelivery(windows, calendar, blocks, at)

/** The window that is to be delivered to somebody now; null when it is not the time. */
export const openDeliveryOf = ({ windows, calendar, blocks }: DeliveryTimes, at: Date): Date | null =>
  openDelivery(windows, calendar, blocks, at)

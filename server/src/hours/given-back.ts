import type { readHoursGivenBack } from '@meanwhile/shared/contract/hours'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { cancelledMs, hoursGivenBack } from '@meanwhile/shared/working-hours/hours-given-back'
import { and, eq, gte, min, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { replacedMeetingsOf } from './queries.ts'

const { hoursWeeks, members } = schema

/** With fewer, a number would say what one of them watched. */
const fewestPeople = 3

type GivenBack = z.output<(typeof readHoursGivenBack)['schema']['response'][200]>

/** What the meetings of a workspace would have taken, less what was recorded and watched instead: for all together. */
export async function givenBackTo(db: Db, workspaceId: string, weeks: number, now: Date): Promise<GivenBack> {
  const isIts = eq(hoursWeeks.workspaceId, workspaceId)
  const meetings = await replacedMeetingsOf(db, workspaceId)
  const [first] = await db
    .select({ week: min(hoursWeeks.week) })
    .from(hoursWeeks)
    .where(isIts)
  const today = now.toISOString().slice(0, 10)
  const from = sql`${today}::date - 7 * ${weeks}::int`
  const measured = await db
    .select()
    .from(hoursWeeks)
    .where(and(isIts, gte(hoursWeeks.week, from)))
  const found = hoursGivenBack(meetings, measured, { today, weeks, measuredSince: first?.week ?? null })
  const isWithheld = (await db.$count(members, eq(members.workspaceId, workspaceId))) < fewestPeople
  const counts = meetings.filter((meeting) => found.some(({ week }) => cancelledMs(meeting, week, today) > 0))
  const unlinked = counts.filter(({ place }) => place === null).length
  return { weeks: isWithheld ? [] : found, isWithheld, unlinked }
}

import type { CheckIn, Due, Opens } from '@meanwhile/shared/contract/check-ins'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { nextDate } from '@meanwhile/shared/working-hours/cadence'
import { dateAfter, localDate } from '@meanwhile/shared/working-hours/clock'
import { and, asc, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type * as z from 'zod'
import { nameOf } from '../channels/access.ts'
import { type Cursor, cursorOf, isBefore } from '../cursor.ts'
import { personColumns } from '../people/person-columns.ts'
import type { Viewer } from '../session.ts'
import { type CheckInRow, checkInVisibleTo, managesCheckIn } from './access.ts'
import { latestRounds } from './summaries.ts'

const { channels, checkInPeople, checkIns, users } = schema

const selectCheckIns = (db: Db) =>
  db
    .select({ checkIn: checkIns, channel: channels, createdBy: personColumns(users) })
    .from(checkIns)
    .leftJoin(channels, eq(channels.id, checkIns.channelId))
    .leftJoin(users, eq(users.id, checkIns.createdById))
type Row = Awaited<ReturnType<typeof selectCheckIns>>[number]

/** Those who are named in check-ins, by name. */
async function peopleIn(db: Db, ids: string[]) {
  if (ids.length === 0) return []
  return db
    .select({ checkInId: checkInPeople.checkInId, role: checkInPeople.role, person: personColumns(users) })
    .from(checkInPeople)
    .innerJoin(users, eq(users.id, checkInPeople.userId))
    .where(inArray(checkInPeople.checkInId, ids))
    .orderBy(sql`lower(${users.name})`, asc(users.id))
}

/** From today on, where it goes on; a day that has its round already is not the next. */
function nextOf(checkIn: CheckInRow, latest: string | undefined, now: Date): string | null {
  if (checkIn.pausedAt || checkIn.archivedAt) return null
  const today = localDate(checkIn, now)
  const from = latest && latest >= today ? dateAfter(latest, 1) : today
  return nextDate(checkIn, from)
}

async function shown(db: Db, rows: Row[], viewer: Viewer, now: Date): Promise<CheckIn[]> {
  const ids = rows.map(({ checkIn }) => checkIn.id)
  const people = await peopleIn(db, ids)
  const latest = await latestRounds(db, ids, viewer)
  return rows.map(({ checkIn, channel, createdBy }) => {
    const { id, name, questions, rule, dates, startsOn, timeZone, reminds, createdAt, pausedAt, archivedAt } = checkIn
    const last = latest.get(id) ?? null
    return {
      ...{ id, name, questions, reminds, createdBy, createdAt, pausedAt, archivedAt },
      cadence: { rule, dates, startsOn, timeZone },
      // What was stored went through the same schemas.
      opens: checkIn.opens as z.infer<typeof Opens>,
      due: checkIn.due as z.infer<typeof Due>,
      channel: channel && nameOf(channel),
      people: people.filter((each) => each.checkInId === id).map(({ person, role }) => ({ person, role })),
      nextDate: nextOf(checkIn, last?.date, now),
      latest: last,
      canManage: managesCheckIn(checkIn, viewer),
    }
  })
}

/** One check-in as its viewer sees it; access was decided before. */
export const checkInFor = async (db: Db, checkInId: string, viewer: Viewer, now: Date): Promise<CheckIn> =>
  one(await shown(db, await selectCheckIns(db).where(eq(checkIns.id, checkInId)), viewer, now))

type Page = { limit: number; cursor?: Cursor | undefined; archived: boolean }

/** A page of the check-ins that this viewer sees, newest first. */
export async function checkInsFor(db: Db, viewer: Viewer, { limit, cursor, archived }: Page, now: Date) {
  const rows = await selectCheckIns(db)
    .where(
      and(checkInVisibleTo(viewer), (archived ? isNotNull : isNull)(checkIns.archivedAt), cursor && isBefore(cursor, checkIns)),
    )
    .orderBy(desc(checkIns.createdAt), desc(checkIns.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const last = page.at(-1)?.checkIn
  return { items: await shown(db, page, viewer, now), nextCursor: rows.length > limit && last ? cursorOf(last) : null }
}

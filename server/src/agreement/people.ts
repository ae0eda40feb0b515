import type { AgreementPerson } from '@meanwhile/shared/contract/agreement'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { calendarOf, localDate } from '@meanwhile/shared/working-hours/clock'
import { and, asc, eq, sql } from 'drizzle-orm'
import * as z from 'zod'
import { encodeCursor } from '../cursor.ts'
import { personColumns } from '../people/person-columns.ts'

const { members, users } = schema

/** The name and the id of the last one of a page. */
export const PeopleCursor = z.tuple([z.string().max(200), z.uuid()])
type PeopleCursor = z.infer<typeof PeopleCursor>

type Row = { person: AgreementPerson['person'] } & Pick<typeof users.$inferSelect, 'timeZone' | 'workingHours' | 'daysOff'>

/** Where and when somebody works. When they were off is nobody's business any more. */
function shown({ person, ...row }: Row, now: Date): AgreementPerson {
  const calendar = calendarOf(row)
  const today = localDate(calendar, now)
  return {
    person,
    timeZone: row.timeZone,
    workingHours: calendar.hours,
    usual: row.workingHours === null,
    daysOff: calendar.daysOff.filter(({ to }) => to >= today),
  }
}

type Page = { limit: number; cursor?: PeopleCursor | undefined }

/** Where and when the people of a workspace work, by name, a page of them. */
export async function peopleAtWork(
  db: Db,
  workspaceId: string,
  { limit, cursor }: Page,
  now: Date,
): Promise<{ items: AgreementPerson[]; nextCursor: string | null }> {
  const isBehind = cursor && sql`(${users.name}, ${users.id}) > (${cursor[0]}, ${cursor[1]}::uuid)`
  const rows = await db
    .select({
      person: personColumns(users),
      ...{ timeZone: users.timeZone, workingHours: users.workingHours, daysOff: users.daysOff },
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.workspaceId, workspaceId), isBehind))
    .orderBy(asc(users.name), asc(users.id))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const nextCursor = rows.length > limit && last ? encodeCursor([last.person.name, last.person.id]) : null
  return { items: page.map((row) => shown(row, now)), nextCursor }
}

/** All of them, page after page. */
export async function everybodyAtWork(db: Db, workspaceId: string, now: Date): Promise<AgreementPerson[]> {
  const found: AgreementPerson[] = []
  for (let cursor: PeopleCursor | undefined; ; ) {
    const { items, nextCursor } = await peopleAtWork(db, workspaceId, { limit: 500, cursor }, now)
    found.push(...items)
    const last = items.at(-1)
    if (nextCursor === null || !last) return found
    cursor = [last.person.name, last.person.id]
  }
}

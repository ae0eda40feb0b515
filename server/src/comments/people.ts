import type { Person } from '@meanwhile/shared/contract/auth'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { seesUpdate } from '@meanwhile/shared/db/sees-update'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { personColumns } from '../people/person-columns.ts'
import type { UpdateRow } from '../updates/access.ts'

const { members, updates, users } = schema
type Place = Pick<UpdateRow, 'id'>

/** Members of the workspace who see an update, together with it. */
const seeing = ({ id }: Place) =>
  and(eq(updates.id, id), seesUpdate({ userId: members.userId, workspaceId: members.workspaceId }))

const asPattern = (text: string) => text.replace(/[\\%_]/g, (sign) => `\\${sign}`)

/** People who can see an update and one of whose names begins with `query`, by name; at most 20. */
export const peopleSeeing = (db: Db, update: Place, query: string): Promise<Person[]> =>
  db
    .select(personColumns(users))
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .innerJoin(updates, seeing(update))
    .where(query ? sql`(' ' || ${users.name}) ilike ${`% ${asPattern(query)}%`}` : undefined)
    .orderBy(asc(users.name), asc(users.id))
    .limit(20)

/** @throws {ProblemError} `person-not-found` when one of them cannot see the update */
export async function requirePeople(db: Db, update: Place, userIds: string[]) {
  const wanted = [...new Set(userIds)]
  if (wanted.length === 0) return
  const found = await db
    .select({ id: members.userId })
    .from(members)
    .innerJoin(updates, seeing(update))
    .where(inArray(members.userId, wanted))
  if (found.length < wanted.length) throw new ProblemError('person-not-found', 'Name only people who can see it.')
}

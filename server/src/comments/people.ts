import type { Person } from '@meanwhile/shared/contract/auth'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { peopleWhoSee, seesPlace } from '@meanwhile/shared/db/sees-update'
import { and, asc, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import { personColumns } from '../people/person-columns.ts'
import type { UpdateRow } from '../updates/access.ts'

const { members, updates, users } = schema
type Place = Pick<UpdateRow, 'id'>
type Asker = { id: string }

/** Whoever was let in to an update alone knows of its people those who are on its page. */
const isKnownTo = (asker: Asker) => {
  const belongs = seesPlace({ userId: members.userId, workspaceId: members.workspaceId })
  return or(
    sql`exists (select from ${members} where ${members.userId} = ${asker.id} and ${belongs})`,
    eq(users.id, updates.authorId),
    sql`exists (select from comments said where said.update_id = ${updates.id} and said.author_id = ${users.id} and said.published_at is not null and said.deleted_at is null)`,
  )
}

/** People who see an update, of whom somebody may know, together with it. */
const seeing = ({ id }: Place, asker: Asker) =>
  and(eq(updates.id, id), isNull(updates.trashedAt), sql`${users.id} in ${peopleWhoSee()}`, isKnownTo(asker))

const asPattern = (text: string) => text.replace(/[\\%_]/g, (sign) => `\\${sign}`)

/** People who can see an update and one of whose names begins with `query`, by name; at most 20. */
export const peopleSeeing = (db: Db, update: Place, asker: Asker, query: string): Promise<Person[]> =>
  db
    .select(personColumns(users))
    .from(users)
    .innerJoin(updates, seeing(update, asker))
    .where(query ? sql`(' ' || ${users.name}) ilike ${`% ${asPattern(query)}%`}` : undefined)
    .orderBy(asc(users.name), asc(users.id))
    .limit(20)

/** @throws {ProblemError} `person-not-found` when one of them cannot see the update, or is nobody whom who names them knows of */
export async function requirePeople(db: Db, update: Place, asker: Asker, userIds: string[]) {
  const wanted = [...new Set(userIds)]
  if (wanted.length === 0) return
  const found = await db
    .select({ id: users.id })
    .from(users)
    .innerJoin(updates, seeing(update, asker))
    .where(inArray(users.id, wanted))
  if (found.length < wanted.length) throw new ProblemError('person-not-found', 'Name only people who can see it.')
}

import { randomUUID } from 'node:crypto'
import type { Db } from '@meanwhile/shared/db/client'
import { deletedPerson, ensureDeletedPerson } from '@meanwhile/shared/db/deleted-person'
import { members, users } from '@meanwhile/shared/db/schema/people'
import type { PersonRecord } from '@meanwhile/shared/platform/workspace-file'
import { eq } from 'drizzle-orm'
import { localId } from './local-id.ts'

/** Who stands here for the people of an export. */
export type ImportedPeople = {
  /** The member of this workspace with the address of that person; null when there is none. */
  memberOf(sourceId: string | null): string | null
  /** Who stands for them here, see `ensure`. */
  idOf(sourceId: string): string
  /** Those whom nobody here is get a name without an account, in the transaction that needs it. */
  ensure(tx: Db, sourceIds: Iterable<string | null>): Promise<void>
  /** How many names were made. */
  readonly added: number
}

/** Nobody signs in with it, gets mail at it, or can say that it is theirs. */
const unreachable = () => `${randomUUID()}@imported.invalid`

/**
 * People are the same when a member of the workspace has their address, and never by their name: everybody else is only a name beside what
 * they made.
 */
export async function matchPeople(db: Db, workspaceId: string, records: PersonRecord[]): Promise<ImportedPeople> {
  const here = await db
    .select({ id: users.id, email: users.email })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(members.workspaceId, workspaceId))
  const byEmail = new Map(here.map(({ id, email }) => [email.toLowerCase(), id]))
  const names = new Map(records.map(({ id, name }) => [id, name]))
  const matched = new Map<string, string>([[deletedPerson.id, deletedPerson.id]])
  for (const { id, email } of records) {
    const member = email === null ? undefined : byEmail.get(email.toLowerCase())
    if (member && !matched.has(id)) matched.set(id, member)
  }
  const idOf = (sourceId: string) => matched.get(sourceId) ?? localId(workspaceId, 'person', sourceId)
  let added = 0
  return {
    get added() {
      return added
    },
    memberOf: (sourceId) => (sourceId === null || sourceId === deletedPerson.id ? null : (matched.get(sourceId) ?? null)),
    idOf,
    async ensure(tx, sourceIds) {
      const missing = [...new Set(sourceIds)].filter((id): id is string => id !== null)
      if (missing.includes(deletedPerson.id)) await ensureDeletedPerson(tx)
      const rows = missing
        .filter((id) => !matched.has(id))
        .map((id) => ({ id: idOf(id), name: names.get(id)?.trim() || 'Guest', email: unreachable(), importedTo: workspaceId }))
      for (let from = 0; from < rows.length; from += 500) {
        const some = tx
          .insert(users)
          .values(rows.slice(from, from + 500))
          .onConflictDoNothing({ target: users.id })
        added += (await some.returning({ id: users.id })).length
      }
    },
  }
}

import { randomUUID } from 'node:crypto'
import type { Db } from '@meanwhile/shared/db/client'
import { deletedPerson, ensureDeletedPerson } from '@meanwhile/shared/db/deleted-person'
import { members, users } from '@meanwhile/shared/db/schema/people'
import type { PersonRecord } from '@meanwhile/shared/platform/workspace-file'
import { eq, sql } from 'drizzle-orm'
import { localId } from './local-id.ts'
import type { ImportReport } from './report.ts'

/** Who stands here for the people of an export. */
export type ImportedPeople = {
  /** The member of this workspace who proved the address of that person; null when there is none. */
  memberOf(sourceId: string | null): string | null
  /** Who stands for them here, see `ensure`. */
  idOf(sourceId: string): string
  /** Those whom nobody here is get a name without an account, in the transaction that needs it. */
  ensure(tx: Db, sourceIds: Iterable<string | null>): Promise<void>
  /** They deleted their account, here: what they made does not come back, and nothing names them. */
  isErased(sourceId: string): boolean
  /** What the export calls them. */
  nameOf(sourceId: string): string | undefined
  /** How many names were made. */
  readonly added: number
}

/** Nobody signs in with it, gets mail at it, or can say that it is theirs. */
const unreachable = () => `${randomUUID()}@imported.invalid`

type Here = { workspaceId: string; ownerId: string; erased: Set<string>; report: Pick<ImportReport, 'note'> }

/**
 * People are the same when a member of the workspace has proved that their address is theirs, and never by their name: everybody else is
 * only a name beside what they made. Whoever asks for the import needs no proof, since they have read all of it.
 */
export async function matchPeople(
  db: Db,
  { workspaceId, ownerId, erased, report }: Here,
  records: PersonRecord[],
): Promise<ImportedPeople> {
  const here = await db
    .select({ id: users.id, email: users.email, isProved: sql<boolean>`${users.emailVerified} or ${users.id} = ${ownerId}` })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(members.workspaceId, workspaceId))
  const byEmail = new Map(here.map((each) => [each.email.toLowerCase(), each]))
  const names = new Map(records.map(({ id, name }) => [id, name]))
  const matched = new Map<string, string>([[deletedPerson.id, deletedPerson.id]])
  for (const { id, name, email } of records) {
    if (matched.has(id)) continue
    const member = email === null ? undefined : byEmail.get(email.toLowerCase())
    if (erased.has(id)) matched.set(id, deletedPerson.id)
    // Of an export from this installation it is the very account that was in it.
    else if (member && (member.isProved || member.id === id)) matched.set(id, member.id)
    else if (member)
      report.note(
        `${name.trim() || 'Somebody'} is only a name here: who has the address ${email} has not proved that it is theirs`,
      )
  }
  const idOf = (sourceId: string) =>
    erased.has(sourceId) ? deletedPerson.id : (matched.get(sourceId) ?? localId(workspaceId, 'person', sourceId))
  let added = 0
  return {
    get added() {
      return added
    },
    memberOf(sourceId) {
      const id = sourceId === null ? undefined : matched.get(sourceId)
      return id === undefined || id === deletedPerson.id ? null : id
    },
    isErased: (sourceId) => erased.has(sourceId),
    nameOf: (sourceId) => names.get(sourceId)?.trim() || undefined,
    idOf,
    async ensure(tx, sourceIds) {
      const missing = [...new Set(sourceIds)].filter((id): id is string => id !== null)
      if (missing.some((id) => idOf(id) === deletedPerson.id)) await ensureDeletedPerson(tx)
      const rows = missing
        .filter((id) => !matched.has(id) && !erased.has(id))
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

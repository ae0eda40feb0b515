import type { Erasure } from '@meanwhile/shared/contract/erasures'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { erasePerson } from '@meanwhile/shared/db/erase-person'
import { revokeInvitations } from '@meanwhile/shared/db/revoke-invitations'
import { desc, eq } from 'drizzle-orm'
import type { SignedIn, Viewer } from '../session.ts'
import { requireErasableMember, requireNobodyLeftBehind } from './access.ts'

const { erasures, invitations } = schema

const shown = ({ id, total, done, createdAt, finishedAt }: typeof erasures.$inferSelect): Erasure => ({
  id,
  total,
  done,
  createdAt,
  finishedAt,
})

/** @throws {ProblemError} `owner-must-stay` */
export const eraseOwnAccount = (db: Db, person: SignedIn): Promise<Erasure> =>
  db.transaction(async (tx) => {
    await requireNobodyLeftBehind(tx, person.id)
    return shown(await erasePerson(tx, person, null))
  })

/** Who is erased may know an invitation link: none that is open works any more. @throws {ProblemError} `not-found`, `forbidden`, `owner-must-stay` */
export const eraseMemberAccount = (db: Db, admin: Viewer, userId: string, from: string): Promise<Erasure> =>
  db.transaction(async (tx) => {
    const member = await requireErasableMember(tx, admin, userId)
    await requireNobodyLeftBehind(tx, userId)
    await revokeInvitations(tx, eq(invitations.workspaceId, admin.workspace.id))
    return shown(await erasePerson(tx, member, { id: admin.id, name: admin.name, workspaceId: admin.workspace.id, from }))
  })

/** Those that admins of a workspace began, the latest first. */
export const erasuresOf = async (db: Db, workspaceId: string): Promise<Erasure[]> => {
  const rows = await db
    .select()
    .from(erasures)
    .where(eq(erasures.workspaceId, workspaceId))
    .orderBy(desc(erasures.createdAt))
    .limit(20)
  return rows.map(shown)
}

import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import { lockMembers, requireManagedMember } from '../members/access.ts'
import { opensNothingElse } from '../members/password-reset.ts'
import type { Viewer } from '../session.ts'

const { members, workspaces } = schema

/**
 * Of a workspace with others somebody has to be the owner. Changes of members wait until the transaction ends.
 * @throws {ProblemError} `owner-must-stay`
 */
export async function requireNobodyLeftBehind(tx: Db, userId: string): Promise<void> {
  const theirs = await tx
    .select({ id: members.workspaceId })
    .from(members)
    .where(eq(members.userId, userId))
    .orderBy(asc(members.workspaceId))
  // Also where they own nothing: nobody makes them the owner meanwhile.
  for (const { id } of theirs) await lockMembers(tx, id)
  const owned = await tx
    .select({ id: workspaces.id, name: workspaces.name })
    .from(members)
    .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
    .where(and(eq(members.userId, userId), eq(members.role, 'owner')))
  if (owned.length === 0) return
  const ids = owned.map(({ id }) => id)
  const [behind] = await tx
    .select({ id: members.workspaceId })
    .from(members)
    .where(and(inArray(members.workspaceId, ids), sql`${members.userId} <> ${userId}`))
    .limit(1)
  const found = owned.find(({ id }) => id === behind?.id)
  if (found) throw new ProblemError('owner-must-stay', `Make another member the owner of ${found.name} first.`)
}

/** A member whose account this admin may delete: it opens nothing that the admin does not manage. @throws {ProblemError} `not-found`, `forbidden` */
export async function requireErasableMember(tx: Db, admin: Viewer, userId: string) {
  const member = await requireManagedMember(tx, admin, userId)
  if (userId === admin.id) throw new ProblemError('forbidden', 'Your own account is deleted in your profile.')
  if (!(await opensNothingElse(tx, admin.id, userId)))
    throw new ProblemError(
      'forbidden',
      `${member.name} is also in a workspace of which you are not an admin: only they can delete their account. You can remove them here.`,
    )
  return member
}

import type { Role } from '@meanwhile/shared/contract/auth'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, inArray } from 'drizzle-orm'
import { personColumns } from '../people/person-columns.ts'
import type { Viewer } from '../session.ts'

const { members, users, workspaces } = schema

export type MemberRow = { id: string; name: string; picture: string | null; email: string; role: Role; joinedAt: Date }

/**
 * Changes of the members of a workspace, and of its private channels, follow each other, so that each sees what the one before left.
 * What only refers to the workspace goes on.
 */
export async function lockMembers(tx: Db, workspaceId: string) {
  await tx.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, workspaceId)).for('no key update')
}

/**
 * Somebody of the viewer's workspace, with the viewer as they are now, for a transaction that changes who may do what.
 * @throws {ProblemError} `not-found` for who is no member; `forbidden` for a viewer who is none any more
 */
export async function requireMember(tx: Db, viewer: Viewer, userId: string): Promise<{ own: MemberRow; member: MemberRow }> {
  await lockMembers(tx, viewer.workspace.id)
  const rows = await tx
    .select({ ...personColumns(users), email: users.email, role: members.role, joinedAt: members.joinedAt })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.workspaceId, viewer.workspace.id), inArray(members.userId, [viewer.id, userId])))
  const own = rows.find(({ id }) => id === viewer.id)
  if (!own) throw new ProblemError('forbidden')
  const member = rows.find(({ id }) => id === userId)
  if (!member) throw new ProblemError('not-found')
  return { own, member }
}

/**
 * Owner and admins decide about the members, but nobody about the owner.
 * @throws {ProblemError} `not-found`, `forbidden`
 */
export async function requireManagedMember(tx: Db, viewer: Viewer, userId: string): Promise<MemberRow> {
  const { own, member } = await requireMember(tx, viewer, userId)
  if (own.role === 'member') throw new ProblemError('forbidden', 'Ask the owner or an admin of the workspace.')
  if (member.role === 'owner')
    throw new ProblemError('forbidden', 'Nobody else decides about the owner, who can make somebody else the owner.')
  return member
}

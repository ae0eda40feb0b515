import { randomBytes } from 'node:crypto'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { and, asc, desc, eq, getTableColumns, gt, isNull, sql } from 'drizzle-orm'
import { tokenHash } from '../auth/sign-up.ts'
import type { Viewer } from '../session.ts'
import { asRate, chosen, resolvePlayback } from './preferences.ts'

const { invitations, members, users, workspaces } = schema

const invitationDays = 14

/** The person behind a session, in their workspace; undefined when they belong to none. */
export async function findViewer(db: Db, userId: string): Promise<Viewer | undefined> {
  const [row] = await db
    .select({
      id: users.id,
      name: users.name,
      email: users.email,
      rate: users.rate,
      preferences: users.preferences,
      role: members.role,
      workspace: { id: workspaces.id, name: workspaces.name, playback: workspaces.playback },
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
    .where(eq(members.userId, userId))
    .orderBy(members.joinedAt)
    .limit(1)
  if (!row) return undefined
  const { preferences, rate, ...person } = row
  const playback = { ...chosen(preferences.playback), rate: asRate(rate) }
  return { ...person, playback, rate: resolvePlayback([playback, row.workspace.playback]).rate }
}

export async function changePerson(db: Db, userId: string, change: { name?: string | undefined; rate?: number | undefined }) {
  await db
    .update(users)
    .set({ ...change, updatedAt: sql`now()` })
    .where(eq(users.id, userId))
}

export const membersOf = (db: Db, workspaceId: string) =>
  db
    .select({ id: users.id, name: users.name, email: users.email, role: members.role, joinedAt: members.joinedAt })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(eq(members.workspaceId, workspaceId))
    .orderBy(asc(members.joinedAt))

export const openInvitations = (db: Db, workspaceId: string) =>
  db
    .select({ ...getTableColumns(invitations), createdBy: { id: users.id, name: users.name } })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.createdById))
    .where(and(eq(invitations.workspaceId, workspaceId), isNull(invitations.revokedAt), gt(invitations.expiresAt, sql`now()`)))
    .orderBy(desc(invitations.createdAt))

/** The token is returned once; the table keeps its hash. */
export async function addInvitation(db: Db, createdBy: Viewer) {
  const token = randomBytes(24).toString('base64url')
  const row = one(
    await db
      .insert(invitations)
      .values({
        workspaceId: createdBy.workspace.id,
        createdById: createdBy.id,
        tokenHash: tokenHash(token),
        expiresAt: sql`now() + make_interval(days => ${invitationDays})`,
      })
      .returning(),
  )
  return { ...row, createdBy: { id: createdBy.id, name: createdBy.name }, token }
}

/** False when the workspace has no such invitation. */
export async function revokeInvitation(db: Db, workspaceId: string, invitationId: string): Promise<boolean> {
  const revoked = await db
    .update(invitations)
    .set({ revokedAt: sql`now()` })
    .where(and(eq(invitations.id, invitationId), eq(invitations.workspaceId, workspaceId)))
    .returning({ id: invitations.id })
  return revoked.length === 1
}

import { randomBytes } from 'node:crypto'
import type { Member } from '@meanwhile/shared/contract/auth'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { revokeInvitations } from '@meanwhile/shared/db/revoke-invitations'
import { and, asc, desc, eq, getTableColumns, gt, isNotNull, isNull, sql } from 'drizzle-orm'
import { recordAudit } from '../audit/record-audit.ts'
import { tokenHash } from '../auth/token-hash.ts'
import type { Viewer } from '../session.ts'
import { personColumns } from './person-columns.ts'
import { asRate, chosen, resolvePlayback } from './preferences.ts'

const { invitations, members, sessions, twoFactors, users, workspaces } = schema

export const invitationDays = 14

type Where = { sessionId: string; workspaceId?: string | undefined }

/**
 * A person in the workspace that their session is in, else in the one that they used last; undefined when they belong to none.
 * @param where.workspaceId this one alone, when the request is for it
 */
export async function findViewer(db: Db, userId: string, { sessionId, workspaceId }: Where): Promise<Viewer | undefined> {
  const isThis = workspaceId === undefined ? undefined : sql`${members.workspaceId}::text = ${workspaceId}`
  const [row] = await db
    .select({
      ...personColumns(users),
      email: users.email,
      rate: users.rate,
      preferences: users.preferences,
      role: members.role,
      workspace: { id: workspaces.id, name: workspaces.name, playback: workspaces.playback },
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
    .leftJoin(sessions, and(eq(sessions.id, sessionId), eq(sessions.workspaceId, members.workspaceId)))
    .where(and(eq(members.userId, userId), isThis))
    .orderBy(asc(isNull(sessions.id)), desc(members.usedAt), asc(members.joinedAt))
    .limit(1)
    .prepare('viewer')
    .execute()
  if (!row) return undefined
  const { preferences, rate, ...person } = row
  const playback = { ...chosen(preferences.playback), rate: asRate(rate) }
  const appearance = preferences.appearance ?? 'system'
  return { ...person, playback, appearance, rate: resolvePlayback([playback, row.workspace.playback]).rate }
}

export async function changePerson(db: Db, userId: string, change: { name?: string | undefined; rate?: number | undefined }) {
  await db
    .update(users)
    .set({ ...change, updatedAt: sql`now()` })
    .where(eq(users.id, userId))
}

/** Only those who may turn it off are told who has two-factor: to others it would say whose account is less safe. */
export async function membersOf(db: Db, { role, workspace }: Viewer): Promise<Member[]> {
  const rows = await db
    .select({
      ...personColumns(users),
      email: users.email,
      role: members.role,
      joinedAt: members.joinedAt,
      hasTwoFactor: isNotNull(twoFactors.confirmedAt).mapWith(Boolean),
    })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .leftJoin(twoFactors, eq(twoFactors.userId, users.id))
    .where(eq(members.workspaceId, workspace.id))
    .orderBy(asc(members.joinedAt))
  return role === 'member' ? rows.map(({ hasTwoFactor: _, ...member }) => member) : rows
}

export const openInvitations = (db: Db, workspaceId: string) =>
  db
    .select({ ...getTableColumns(invitations), createdBy: personColumns(users) })
    .from(invitations)
    .innerJoin(users, eq(users.id, invitations.createdById))
    .where(and(eq(invitations.workspaceId, workspaceId), isNull(invitations.revokedAt), gt(invitations.expiresAt, sql`now()`)))
    .orderBy(desc(invitations.createdAt))

/** The token is returned once; the table keeps its hash. @param email the address that the link is sent to */
export async function addInvitation(tx: Db, createdBy: Viewer, from: string, email: string | null = null) {
  const token = randomBytes(24).toString('base64url')
  const row = one(
    await tx
      .insert(invitations)
      .values({
        workspaceId: createdBy.workspace.id,
        createdById: createdBy.id,
        tokenHash: tokenHash(token),
        email,
        expiresAt: sql`now() + make_interval(days => ${invitationDays})`,
      })
      .returning(),
  )
  const details = email === null ? {} : { email }
  const target = { type: 'invitation', id: row.id }
  await recordAudit(tx, { actor: createdBy, action: 'invitation.created', target, details, from })
  return { ...row, createdBy: { id: createdBy.id, name: createdBy.name, picture: createdBy.picture }, token }
}

/** False when the workspace has no such invitation. */
export const revokeInvitation = (db: Db, actor: Viewer, invitationId: string, from: string): Promise<boolean> =>
  db.transaction(async (tx) => {
    const isIts = and(eq(invitations.id, invitationId), eq(invitations.workspaceId, actor.workspace.id))
    const [found] = await tx.select({ revokedAt: invitations.revokedAt }).from(invitations).where(isIts).for('update')
    if (!found) return false
    if (found.revokedAt) return true
    await revokeInvitations(tx, isIts)
    await recordAudit(tx, { actor, action: 'invitation.revoked', target: { type: 'invitation', id: invitationId }, from })
    return true
  })

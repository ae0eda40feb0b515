import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { revokeInvitations } from '@meanwhile/shared/db/revoke-invitations'
import { and, eq, sql } from 'drizzle-orm'
import { recordAudit } from '../audit/record-audit.ts'
import { tellViewer } from '../events/tell-viewer.ts'
import type { Viewer } from '../session.ts'
import { voidPasswordResets } from '../sessions/queries.ts'
import { type MemberRow, requireManagedMember, requireMember } from './access.ts'

const { invitations, members, sessions, updateAsks, updateGrants } = schema

const personOf = ({ id, name }: MemberRow) => ({ type: 'person', id, name })

const setRole = (tx: Db, workspaceId: string, userId: string, role: MemberRow['role']) =>
  tx
    .update(members)
    .set({ role })
    .where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId)))

/** @throws {ProblemError} `not-found`, `forbidden` */
export const changeRole = (db: Db, actor: Viewer, userId: string, role: 'admin' | 'member', from: string): Promise<MemberRow> =>
  db.transaction(async (tx) => {
    const member = await requireManagedMember(tx, actor, userId)
    if (member.role === role) return member
    const workspaceId = actor.workspace.id
    await setRole(tx, workspaceId, userId, role)
    const details = { before: member.role, now: role }
    await recordAudit(tx, { actor, action: 'member.role-changed', target: personOf(member), details, from })
    await tellViewer(tx, workspaceId, userId)
    return { ...member, role }
  })

/** Who comes back is asked into private channels again; one that has nobody else waits for them, for nobody could ask them. */
const leavePrivateChannels = (tx: Db, workspaceId: string, userId: string) =>
  tx.execute(sql`delete from channel_members own using channels
    where own.user_id = ${userId} and channels.id = own.channel_id and channels.workspace_id = ${workspaceId}
      and exists (select from channel_members other where other.channel_id = own.channel_id and other.user_id <> ${userId})`)

/** What somebody was let in to here ends with their membership, and so does what they asked for. */
async function closeDoors(tx: Db, workspaceId: string, userId: string) {
  for (const table of [updateGrants, updateAsks])
    await tx
      .delete(table)
      .where(
        and(eq(table.userId, userId), sql`${table.updateId} in (select id from updates where workspace_id = ${workspaceId})`),
      )
}

/** Their sessions go on in a workspace that they have left, if any. What they wrote and recorded stays. */
async function takeOut(tx: Db, workspaceId: string, userId: string) {
  await leavePrivateChannels(tx, workspaceId, userId)
  await closeDoors(tx, workspaceId, userId)
  await voidPasswordResets(tx, userId)
  await tx.delete(members).where(and(eq(members.workspaceId, workspaceId), eq(members.userId, userId)))
  await tx
    .update(sessions)
    .set({
      workspaceId: sql`(select workspace_id from members where user_id = ${userId} order by used_at desc, joined_at limit 1)`,
    })
    .where(and(eq(sessions.userId, userId), eq(sessions.workspaceId, workspaceId)))
  await tellViewer(tx, workspaceId, userId)
}

/** @throws {ProblemError} `owner-must-stay` */
async function leave(tx: Db, actor: Viewer, member: MemberRow, from: string) {
  if (member.role === 'owner') throw new ProblemError('owner-must-stay', 'Make another member the owner first.')
  await takeOut(tx, actor.workspace.id, actor.id)
  await recordAudit(tx, { actor, action: 'member.left', target: personOf(member), from })
}

/**
 * Removes somebody, or lets them leave. Who is removed may know an invitation link, so none that is open works any more.
 * @throws {ProblemError} `not-found`, `forbidden`, `owner-must-stay`
 */
export const removeMember = (db: Db, actor: Viewer, userId: string, from: string): Promise<void> =>
  db.transaction(async (tx) => {
    if (userId === actor.id) return leave(tx, actor, (await requireMember(tx, actor, userId)).own, from)
    const member = await requireManagedMember(tx, actor, userId)
    const workspaceId = actor.workspace.id
    await takeOut(tx, workspaceId, userId)
    await revokeInvitations(tx, eq(invitations.workspaceId, workspaceId))
    await recordAudit(tx, { actor, action: 'member.removed', target: personOf(member), details: { role: member.role }, from })
  })

/**
 * The owner becomes an admin, and somebody else the owner.
 * @throws {ProblemError} `not-found`, `forbidden`
 */
export const transferOwnership = (db: Db, owner: Viewer, userId: string, from: string): Promise<void> =>
  db.transaction(async (tx) => {
    const { own, member } = await requireMember(tx, owner, userId)
    if (own.role !== 'owner') throw new ProblemError('forbidden', 'Only the owner of the workspace can do this.')
    if (member.id === own.id) return
    const workspaceId = owner.workspace.id
    // There is one owner at every moment, which an index makes sure of.
    await setRole(tx, workspaceId, own.id, 'admin')
    await setRole(tx, workspaceId, member.id, 'owner')
    await recordAudit(tx, { actor: owner, action: 'workspace.ownership-transferred', target: personOf(member), from })
    for (const { id } of [own, member]) await tellViewer(tx, workspaceId, id)
  })

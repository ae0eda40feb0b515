import type { WorkspaceChange, WorkspaceSettings } from '@meanwhile/shared/contract/preferences'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { Membership } from '@meanwhile/shared/contract/workspaces'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { tellWebhooks } from '@meanwhile/shared/db/tell-webhooks'
import { nextMonday } from '@meanwhile/shared/pairing/fortnight'
import { and, asc, eq, sql } from 'drizzle-orm'
import { recordAudit } from '../audit/record-audit.ts'
import { countUse, requireInvitation } from '../auth/invitation.ts'
import { tellViewer } from '../events/tell-viewer.ts'
import { chosen } from '../people/preferences.ts'
import type { SignedIn, Viewer } from '../session.ts'

const { members, sessions, workspaces } = schema

/** Where somebody is a member, by name. */
export async function workspacesOf(db: Db, person: SignedIn, current: string | undefined): Promise<Membership[]> {
  const rows = await db
    .select({ id: workspaces.id, name: workspaces.name, role: members.role })
    .from(members)
    .innerJoin(workspaces, eq(workspaces.id, members.workspaceId))
    .where(eq(members.userId, person.id))
    .orderBy(asc(workspaces.name), asc(workspaces.id))
  return rows.map((row) => ({ ...row, isCurrent: row.id === current }))
}

/** The session is for this workspace from now on; what is open in its tabs begins anew. */
async function goTo(tx: Db, { id, sessionId }: SignedIn, workspaceId: string) {
  const isTheirs = and(eq(members.userId, id), eq(members.workspaceId, workspaceId))
  await tx.update(members).set({ usedAt: sql`clock_timestamp()` }).where(isTheirs)
  await tx.update(sessions).set({ workspaceId }).where(eq(sessions.id, sessionId))
  await tellViewer(tx, workspaceId, id)
}

/** @throws {ProblemError} `not-found` where this person is no member */
export const switchTo = (db: Db, person: SignedIn, workspaceId: string) =>
  db.transaction(async (tx) => {
    const isTheirs = and(eq(members.userId, person.id), eq(members.workspaceId, workspaceId))
    const [found] = await tx.select({ userId: members.userId }).from(members).where(isTheirs).for('no key update')
    if (!found) throw new ProblemError('not-found')
    await goTo(tx, person, workspaceId)
  })

/** Whether somebody may create a workspace: where nobody may sign up, only who owns one already. */
export async function canCreate(db: Db, signUp: string, userId: string): Promise<boolean> {
  if (signUp !== 'closed') return true
  const owns = and(eq(members.userId, userId), eq(members.role, 'owner'))
  return (await db.select({ userId: members.userId }).from(members).where(owns).limit(1)).length > 0
}

/** A workspace of this person, who goes there. */
export const addWorkspace = (db: Db, person: SignedIn, name: string, from: string) =>
  db.transaction(async (tx) => {
    const workspace = one(await tx.insert(workspaces).values({ name }).returning())
    await tx.insert(members).values({ workspaceId: workspace.id, userId: person.id, role: 'owner' })
    await recordAudit(tx, { actor: { ...person, workspace }, action: 'workspace.created', from })
    await goTo(tx, person, workspace.id)
  })

/**
 * Joins by an invitation and goes there. Who is a member already only goes there.
 * @throws {ProblemError} `invitation-invalid`, `domain-not-allowed`
 */
export const joinBy = (db: Db, person: SignedIn, token: string, from: string) =>
  db.transaction(async (tx) => {
    const { id: invitationId, workspaceId } = await requireInvitation(tx, token, person.email)
    const values = { workspaceId, userId: person.id, role: 'member' as const }
    const [joined] = await tx.insert(members).values(values).onConflictDoNothing().returning()
    if (joined) {
      await countUse(tx, invitationId)
      const actor = { ...person, workspace: { id: workspaceId } }
      await recordAudit(tx, { actor, action: 'invitation.used', target: { type: 'invitation', id: invitationId }, from })
      await tellWebhooks(tx, workspaceId, 'member.joined', { userId: person.id, name: person.name })
    }
    await goTo(tx, person, workspaceId)
  })

const told = ({
  id,
  name,
  playback,
  emailDomains,
  retentionDays,
  embedSites,
  pairingFrom,
}: typeof workspaces.$inferSelect): WorkspaceSettings => ({
  id,
  name,
  playback: chosen(playback),
  emailDomains,
  retentionDays,
  embedSites,
  pairing: pairingFrom !== null,
})

export const workspaceSettings = async (db: Db, workspaceId: string): Promise<WorkspaceSettings> =>
  told(one(await db.select().from(workspaces).where(eq(workspaces.id, workspaceId))))

/** What is named changes, the rest stays. */
export const changeWorkspace = (
  db: Db,
  actor: Viewer,
  { name, playback, emailDomains, retentionDays, embedSites, pairing }: WorkspaceChange,
  from: string,
): Promise<WorkspaceSettings> =>
  db.transaction(async (tx) => {
    const isThis = eq(workspaces.id, actor.workspace.id)
    const before = one(await tx.select().from(workspaces).where(isThis).for('no key update'))
    const target = { type: 'workspace', id: before.id, name: before.name }
    const set = {
      name: name ?? before.name,
      playback: { ...before.playback, ...playback } as typeof before.playback,
      emailDomains: emailDomains ?? before.emailDomains,
      retentionDays: retentionDays === undefined ? before.retentionDays : retentionDays,
      embedSites: embedSites ?? before.embedSites,
      pairingFrom: pairing === undefined ? before.pairingFrom : pairing ? (before.pairingFrom ?? nextMonday(new Date())) : null,
    }
    const changed = one(await tx.update(workspaces).set(set).where(isThis).returning())
    if (changed.name !== before.name)
      await recordAudit(tx, {
        actor,
        action: 'workspace.renamed',
        target,
        details: { before: before.name, now: changed.name },
        from,
      })
    const details = {
      ...(playback && { playback: JSON.stringify(playback) }),
      ...(emailDomains && { emailDomains }),
      ...(retentionDays !== undefined && { retentionDays }),
      ...(embedSites && { embedSites }),
      ...(pairing !== undefined && { pairing }),
    }
    if (Object.keys(details).length > 0)
      await recordAudit(tx, { actor, action: 'workspace.settings-changed', target, details, from })
    return told(changed)
  })

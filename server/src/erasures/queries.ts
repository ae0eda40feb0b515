import type { Erasure } from '@meanwhile/shared/contract/erasures'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { deletedPerson, ensureDeletedPerson } from '@meanwhile/shared/db/deleted-person'
import { notify } from '@meanwhile/shared/db/notify'
import { tellWebhooksOf } from '@meanwhile/shared/db/tell-webhooks'
import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { recordAudit } from '../audit/record-audit.ts'
import { tellViewer } from '../events/tell-viewer.ts'
import { revokeInvitations } from '../people/revoke-invitations.ts'
import type { SignedIn, Viewer } from '../session.ts'
import { requireErasableMember, requireNobodyLeftBehind } from './access.ts'
import { forgetName } from './forget-name.ts'

const { accounts, apiTokens, erasures, invitations, members, passkeys, passwordResets, sessions, twoFactors, updates } = schema

const shown = ({ id, total, done, createdAt, finishedAt }: typeof erasures.$inferSelect): Erasure => ({
  id,
  total,
  done,
  createdAt,
  finishedAt,
})

type Named = { id: string; name: string; email: string }

/** Each workspace keeps that it happened, by whom, and not to whom. Open tabs of the person end. */
async function recordErasure(tx: Db, person: Named, admin: Viewer | null, from: string) {
  const places = await tx.select({ id: members.workspaceId }).from(members).where(eq(members.userId, person.id))
  const target = { type: 'person', id: deletedPerson.id, name: deletedPerson.name }
  for (const workspace of places) {
    const actor = { ...(admin ?? deletedPerson), workspace }
    await recordAudit(tx, { actor, action: 'account.erased', target, from: admin ? from : null })
    await tellViewer(tx, workspace.id, person.id)
  }
}

/** Nobody signs in as them, and nothing that they made is seen, from now on. A workspace of theirs alone goes with their row. */
async function shutOut(tx: Db, { id }: Named) {
  for (const table of [sessions, accounts, passkeys, apiTokens, passwordResets, twoFactors])
    await tx.delete(table).where(eq(table.userId, id))
  await tx.delete(invitations).where(eq(invitations.createdById, id))
  const isOwner = sql`${invitations.workspaceId} in (select workspace_id from members where user_id = ${id} and role = 'owner')`
  // Who came to a workspace that goes would be left in one without an owner.
  await revokeInvitations(tx, isOwner)
  const shown = await tx
    .update(updates)
    .set({ trashedAt: sql`now()`, trashedById: null })
    .where(and(eq(updates.authorId, id), isNull(updates.trashedAt)))
    .returning({ id: updates.id, workspaceId: updates.workspaceId })
  for (const { id: updateId, workspaceId } of shown) {
    await notify(tx, workspaceId, { type: 'update', updateId })
    await tellWebhooksOf(tx, updateId, 'update.deleted')
  }
  await tx.delete(members).where(and(eq(members.userId, id), sql`${members.role} <> 'owner'`))
}

/** What can be done at once is done at once; the worker does the rest. */
async function begin(tx: Db, person: Named, admin: Viewer | null, from: string): Promise<Erasure> {
  await ensureDeletedPerson(tx)
  await recordErasure(tx, person, admin, from)
  await forgetName(tx, person)
  await shutOut(tx, person)
  const total = sql<number>`(select count(*) from updates where author_id = ${person.id}) + (select count(*) from comments where author_id = ${person.id})`
  const row = { userId: person.id, workspaceId: admin?.workspace.id ?? null, total: sql`${total}` }
  return shown(one(await tx.insert(erasures).values(row).returning()))
}

/** @throws {ProblemError} `owner-must-stay` */
export const eraseOwnAccount = (db: Db, person: SignedIn, from: string): Promise<Erasure> =>
  db.transaction(async (tx) => {
    await requireNobodyLeftBehind(tx, person.id)
    return begin(tx, person, null, from)
  })

/** Who is erased may know an invitation link: none that is open works any more. @throws {ProblemError} `not-found`, `forbidden`, `owner-must-stay` */
export const eraseMemberAccount = (db: Db, admin: Viewer, userId: string, from: string): Promise<Erasure> =>
  db.transaction(async (tx) => {
    const member = await requireErasableMember(tx, admin, userId)
    await requireNobodyLeftBehind(tx, userId)
    await revokeInvitations(tx, eq(invitations.workspaceId, admin.workspace.id))
    return begin(tx, member, admin, from)
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

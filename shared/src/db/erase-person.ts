import { and, eq, isNull, sql } from 'drizzle-orm'
import { type Db, one } from './client.ts'
import { deletedPerson, ensureDeletedPerson } from './deleted-person.ts'
import { forgetName } from './forget-name.ts'
import { notify } from './notify.ts'
import { revokeInvitations } from './revoke-invitations.ts'
import { apiTokens } from './schema/api-tokens.ts'
import { auditEvents } from './schema/audit.ts'
import { erasures } from './schema/erasures.ts'
import { passkeys } from './schema/passkeys.ts'
import { accounts, invitations, members, passwordResets, sessions } from './schema/people.ts'
import { twoFactors } from './schema/two-factor.ts'
import { updateAsks, updateGrants } from './schema/update-grants.ts'
import { updates } from './schema/updates.ts'
import { tellWebhooksOf } from './tell-webhooks.ts'

type Named = { id: string; name: string; email: string }
/** The admin who does it, from the address of their request. */
export type Eraser = { id: string; name: string; workspaceId: string; from: string }

/** Each workspace keeps that it happened, by whom, and not to whom. Open tabs of the person end. */
async function recordErasure(tx: Db, person: Named, eraser: Eraser | null) {
  const places = await tx.select({ id: members.workspaceId }).from(members).where(eq(members.userId, person.id))
  const { id: actorId, name: actorName } = eraser ?? deletedPerson
  const target = { targetType: 'person', targetId: deletedPerson.id, targetName: deletedPerson.name }
  for (const { id: workspaceId } of places) {
    const act = { workspaceId, actorId, actorName, action: 'account.erased', ...target, ip: eraser?.from ?? null }
    await tx.insert(auditEvents).values(act)
    await notify(tx, workspaceId, { type: 'viewer' }, { userId: person.id })
  }
}

/** Nobody signs in as them, and nothing that they made is seen, from now on. A workspace of theirs alone goes with their row. */
async function shutOut(tx: Db, { id }: Named) {
  for (const table of [sessions, accounts, passkeys, apiTokens, passwordResets, twoFactors, updateGrants, updateAsks])
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

/** Deletes an account: what can be done at once is done at once, the worker does the rest. @param eraser null where the person does it */
export async function erasePerson(tx: Db, person: Named, eraser: Eraser | null): Promise<typeof erasures.$inferSelect> {
  await ensureDeletedPerson(tx)
  await recordErasure(tx, person, eraser)
  await forgetName(tx, person)
  await shutOut(tx, person)
  const total = sql<number>`(select count(*) from updates where author_id = ${person.id}) + (select count(*) from comments where author_id = ${person.id})`
  const row = { userId: person.id, workspaceId: eraser?.workspaceId ?? null, total: sql`${total}` }
  return one(await tx.insert(erasures).values(row).returning())
}

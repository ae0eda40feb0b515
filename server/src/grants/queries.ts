import type { UpdateAccess } from '@meanwhile/shared/contract/grants'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { notify } from '@meanwhile/shared/db/notify'
import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { type By, recordAudit } from '../audit/record-audit.ts'
import { personColumns } from '../people/person-columns.ts'
import type { SeenUpdate } from '../updates/access.ts'
import { auditTarget } from '../updates/audit-target.ts'

const { notifications, updateAsks, updateGrants, users } = schema
const giver = alias(users, 'giver')

/** Who was let in to an update, and who asks to be; by when. */
export async function accessOf(db: Db, updateId: string): Promise<UpdateAccess> {
  const letIn = await db
    .select({
      person: personColumns(users),
      by: personColumns(giver),
      since: updateGrants.createdAt,
    })
    .from(updateGrants)
    .innerJoin(users, eq(users.id, updateGrants.userId))
    .innerJoin(giver, eq(giver.id, updateGrants.grantedById))
    .where(eq(updateGrants.updateId, updateId))
    .orderBy(asc(updateGrants.createdAt))
  const asking = await db
    .select({ person: personColumns(users), askedAt: updateAsks.createdAt })
    .from(updateAsks)
    .innerJoin(users, eq(users.id, updateAsks.userId))
    .where(and(eq(updateAsks.updateId, updateId), isNull(updateAsks.declinedAt)))
    .orderBy(asc(updateAsks.createdAt))
  return { letIn, asking }
}

const isAskOf = (updateId: string, userId: string) => and(eq(updateAsks.updateId, updateId), eq(updateAsks.userId, userId))
const isGrantOf = (updateId: string, userId: string) => and(eq(updateGrants.updateId, updateId), eq(updateGrants.userId, userId))

/** The notice of who asked is answered: nobody has to any more. */
async function settleNotice(tx: Db, update: SeenUpdate, userId: string) {
  const { actorId, kind, updateId } = notifications
  await tx.delete(notifications).where(and(eq(updateId, update.id), eq(actorId, userId), eq(kind, 'access-asked')))
  await notify(tx, update.workspaceId, { type: 'notification' }, { userId: update.authorId })
}

/** Their open pages read again what they may see. */
const tellOf = (tx: Db, { id: updateId, workspaceId }: SeenUpdate, userId: string) =>
  notify(tx, workspaceId, { type: 'update', updateId }, { userId })

const record = async (tx: Db, update: SeenUpdate, userId: string, by: By, action: 'update.let-in' | 'update.let-in-no-more') => {
  await recordAudit(tx, { ...by, action, target: await auditTarget(tx, update), details: { personId: userId } })
}

/** @throws {ProblemError} `not-found` for somebody who did not ask */
export const letIn = (db: Db, update: SeenUpdate, userId: string, by: By): Promise<void> =>
  db.transaction(async (tx) => {
    const asked = await tx.delete(updateAsks).where(isAskOf(update.id, userId)).returning()
    if (asked.length === 0) {
      const given = await tx.select({ userId: updateGrants.userId }).from(updateGrants).where(isGrantOf(update.id, userId))
      if (given.length === 0) throw new ProblemError('not-found')
      return
    }
    const grant = { updateId: update.id, userId, grantedById: by.actor.id }
    const set = { grantedById: by.actor.id }
    await tx
      .insert(updateGrants)
      .values(grant)
      .onConflictDoUpdate({ target: [updateGrants.updateId, updateGrants.userId], set })
    await settleNotice(tx, update, userId)
    await tx.insert(notifications).values({ userId, actorId: by.actor.id, updateId: update.id, kind: 'let-in' })
    await notify(tx, update.workspaceId, { type: 'notification' }, { userId })
    await tellOf(tx, update, userId)
    // Its author sees how many can see it.
    await tellOf(tx, update, update.authorId)
    await record(tx, update, userId, by, 'update.let-in')
  })

export const letInNoMore = (db: Db, update: SeenUpdate, userId: string, by: By): Promise<void> =>
  db.transaction(async (tx) => {
    const gone = await tx.delete(updateGrants).where(isGrantOf(update.id, userId)).returning()
    if (gone.length === 0) return
    await tx
      .delete(notifications)
      .where(and(eq(notifications.updateId, update.id), eq(notifications.userId, userId), eq(notifications.kind, 'let-in')))
    await notify(tx, update.workspaceId, { type: 'notification' }, { userId })
    await tellOf(tx, update, userId)
    await tellOf(tx, update, update.authorId)
    await record(tx, update, userId, by, 'update.let-in-no-more')
  })

/** Who asked learns nothing of it. */
export const decline = (db: Db, update: SeenUpdate, userId: string): Promise<void> =>
  db.transaction(async (tx) => {
    const isOpen = and(isAskOf(update.id, userId), isNull(updateAsks.declinedAt))
    const declined = await tx.update(updateAsks).set({ declinedAt: sql`now()` }).where(isOpen).returning()
    if (declined.length > 0) await settleNotice(tx, update, userId)
  })

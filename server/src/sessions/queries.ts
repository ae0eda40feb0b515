import type { SessionSummary } from '@meanwhile/shared/contract/sessions'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, desc, eq, gt, isNull, ne, sql } from 'drizzle-orm'
import { recordAccountAudit } from '../audit/record-audit.ts'
import { voidSignInLinks } from '../auth/void-sign-in-links.ts'
import { tellViewer } from '../events/tell-viewer.ts'
import type { SignedIn } from '../session.ts'
import { deviceOf } from './device-of.ts'

const { accounts, members, passwordResets, sessions } = schema

/** A session is in use, from this address. */
export async function noteUse(db: Db, sessionId: string, ipAddress: string) {
  await db.update(sessions).set({ usedAt: sql`now()`, ipAddress }).where(eq(sessions.id, sessionId))
}

/** Where somebody is signed in, the latest use first. */
export async function sessionsOf(db: Db, person: SignedIn): Promise<SessionSummary[]> {
  const rows = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, person.id), gt(sessions.expiresAt, sql`now()`)))
    .orderBy(desc(sessions.usedAt))
  return rows.map(({ id, userAgent, ipAddress, createdAt, usedAt }) => ({
    id,
    device: deviceOf(userAgent),
    address: ipAddress || null,
    createdAt,
    usedAt,
    isCurrent: id === person.sessionId,
  }))
}

/** Open tabs of sessions that ended find out at once. */
async function tellEverywhere(tx: Db, userId: string) {
  const [place] = await tx.select({ id: members.workspaceId }).from(members).where(eq(members.userId, userId)).limit(1)
  if (place) await tellViewer(tx, place.id, userId)
}

/** Ends the sessions of an account. @param except the one that stays */
export async function endSessions(tx: Db, userId: string, except?: string): Promise<number> {
  const isEnding = and(eq(sessions.userId, userId), except === undefined ? undefined : ne(sessions.id, except))
  const ended = await tx.delete(sessions).where(isEnding).returning({ id: sessions.id })
  await tellEverywhere(tx, userId)
  return ended.length
}

/** False when this person has no such session. */
export const endSession = (db: Db, person: SignedIn, sessionId: string, from: string): Promise<boolean> =>
  db.transaction(async (tx) => {
    const isTheirs = and(eq(sessions.id, sessionId), eq(sessions.userId, person.id))
    const [ended] = await tx.delete(sessions).where(isTheirs).returning()
    if (!ended) return false
    await tellEverywhere(tx, person.id)
    const details = { device: deviceOf(ended.userAgent) }
    await recordAccountAudit(tx, person, { action: 'account.session-ended', details, from })
    return true
  })

export const endOtherSessions = (db: Db, person: SignedIn, from: string): Promise<void> =>
  db.transaction(async (tx) => {
    const count = await endSessions(tx, person.id, person.sessionId)
    if (count > 0) await recordAccountAudit(tx, person, { action: 'account.session-ended', details: { count }, from })
  })

/** No link sets a new password for this account any more. */
export const voidPasswordResets = (tx: Db, userId: string) =>
  tx
    .update(passwordResets)
    .set({ usedAt: sql`now()` })
    .where(and(eq(passwordResets.userId, userId), isNull(passwordResets.usedAt)))

/** Replaces the hash of a password; an account that had none has one now. Links that were sent before open nothing any more. */
export async function setPassword(tx: Db, userId: string, password: string) {
  const set = await tx
    .update(accounts)
    .set({ password, updatedAt: sql`now()` })
    .where(and(eq(accounts.userId, userId), eq(accounts.providerId, 'credential')))
    .returning({ id: accounts.id })
  if (set.length === 0) await tx.insert(accounts).values({ userId, accountId: userId, providerId: 'credential', password })
  await voidPasswordResets(tx, userId)
  await voidSignInLinks(tx, userId)
}

/** Sets a new password; every other session of the account ends. */
export const changePassword = (db: Db, person: SignedIn, passwordHash: string, from: string): Promise<void> =>
  db.transaction(async (tx) => {
    await setPassword(tx, person.id, passwordHash)
    await endSessions(tx, person.id, person.sessionId)
    await recordAccountAudit(tx, person, { action: 'account.password-changed', from })
  })

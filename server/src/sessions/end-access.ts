import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq } from 'drizzle-orm'
import { recordAccountAudit } from '../audit/record-audit.ts'
import { voidSignInLinks } from '../auth/void-sign-in-links.ts'
import { endSessions, voidPasswordResets } from './queries.ts'

const { accounts, apiTokens, passkeys, users } = schema

/**
 * Nothing that was set up before opens this account any more: no password, passkey, account of a provider, API token, session or link.
 * Whoever else knew of one may have set up the others. Two-factor stays: it opens nothing, and whoever reads somebody's mail must not get
 * around it. An admin turns it off.
 */
export async function endAccess(tx: Db, userId: string): Promise<void> {
  for (const table of [accounts, passkeys, apiTokens]) await tx.delete(table).where(eq(table.userId, userId))
  await voidSignInLinks(tx, userId)
  await voidPasswordResets(tx, userId)
  await endSessions(tx, userId)
}

/**
 * Somebody has read mail to the address of an account. Whoever made the account need not have been them: what was set up until an address is
 * proved for the first time goes.
 */
export async function confirmAddress(tx: Db, userId: string, from: string): Promise<void> {
  const isNew = and(eq(users.id, userId), eq(users.emailVerified, false))
  const [confirmed] = await tx.update(users).set({ emailVerified: true }).where(isNew).returning()
  if (!confirmed) return
  await endAccess(tx, userId)
  await recordAccountAudit(tx, confirmed, { action: 'account.address-confirmed', from })
}

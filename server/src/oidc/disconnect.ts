import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq } from 'drizzle-orm'
import { recordAccountAudit } from '../audit/record-audit.ts'
import type { SignedIn } from '../session.ts'
import { providerId } from './account-of.ts'

const { accounts, passkeys } = schema

/**
 * Nobody signs in to this account with the provider any more.
 * @throws {ProblemError} `not-found` where it is not connected; `only-way-in` without a password and a passkey
 */
export const disconnect = (db: Db, issuer: string, person: SignedIn, from: string): Promise<void> =>
  db.transaction(async (tx) => {
    const isIt = and(eq(accounts.userId, person.id), eq(accounts.providerId, providerId(issuer)))
    const removed = await tx.delete(accounts).where(isIt).returning({ id: accounts.id })
    if (removed.length === 0) throw new ProblemError('not-found')
    const isPassword = and(eq(accounts.userId, person.id), eq(accounts.providerId, 'credential'))
    const others = (await tx.$count(accounts, isPassword)) + (await tx.$count(passkeys, eq(passkeys.userId, person.id)))
    if (others === 0) throw new ProblemError('only-way-in', 'Set a password or add a passkey first.')
    await recordAccountAudit(tx, person, { action: 'account.provider-disconnected', details: { issuer }, from })
  })

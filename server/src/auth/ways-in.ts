import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { oidcProviderOf } from '@meanwhile/shared/platform/oidc'
import { and, eq, inArray } from 'drizzle-orm'
import { providerId } from '../oidc/account-of.ts'

const { accounts, passkeys, users } = schema

/** Who takes away several of their ways in at once has them go one after the other, so that one is left. */
export const keepWaysIn = (tx: Db, userId: string) =>
  tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update')

/**
 * Once something was taken away, a password, a passkey or an account of the provider that this site has is left: a link by mail is no way in
 * where no mail is sent.
 * @throws {ProblemError} `only-way-in`
 */
export async function requireWayIn(tx: Db, env: RunningEnv, userId: string, whatFirst: string): Promise<void> {
  const provider = oidcProviderOf(env)
  const kinds = ['credential', ...(provider ? [providerId(provider.issuer)] : [])]
  const left =
    (await tx.$count(accounts, and(eq(accounts.userId, userId), inArray(accounts.providerId, kinds)))) +
    (await tx.$count(passkeys, eq(passkeys.userId, userId)))
  if (left === 0) throw new ProblemError('only-way-in', whatFirst)
}

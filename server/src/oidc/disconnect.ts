import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { and, eq } from 'drizzle-orm'
import { recordAccountAudit } from '../audit/record-audit.ts'
import { keepWaysIn, requireWayIn } from '../auth/ways-in.ts'
import type { SignedIn } from '../session.ts'
import { providerId } from './account-of.ts'

const { accounts } = schema
type Deps = { db: Db; env: RunningEnv }

/**
 * Nobody signs in to this account with the provider any more.
 * @throws {ProblemError} `not-found` where it is not connected; `only-way-in` without a password and a passkey
 */
export const disconnect = ({ db, env }: Deps, issuer: string, person: SignedIn, from: string): Promise<void> =>
  db.transaction(async (tx) => {
    await keepWaysIn(tx, person.id)
    const isIt = and(eq(accounts.userId, person.id), eq(accounts.providerId, providerId(issuer)))
    const removed = await tx.delete(accounts).where(isIt).returning({ id: accounts.id })
    if (removed.length === 0) throw new ProblemError('not-found')
    await requireWayIn(tx, env, person.id, 'Set a password or add a passkey first.')
    await recordAccountAudit(tx, person, { action: 'account.provider-disconnected', details: { issuer }, from })
  })

import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { verifyPassword } from 'better-auth/crypto'
import { and, eq } from 'drizzle-orm'

const { accounts } = schema

/**
 * Somebody who is signed in says their password once more.
 * @param field where it stands in the request
 * @throws {ProblemError} `wrong-password`
 */
export async function requirePassword(db: Db, userId: string, password: string, field: string): Promise<void> {
  const [account] = await db
    .select({ hash: accounts.password })
    .from(accounts)
    .where(and(eq(accounts.userId, userId), eq(accounts.providerId, 'credential')))
  if (account?.hash && (await verifyPassword({ hash: account.hash, password }))) return
  throw new ProblemError('wrong-password', undefined, { errors: [{ field, message: 'is not your password' }] })
}

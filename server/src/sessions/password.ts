import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { verifyPassword } from 'better-auth/crypto'
import { and, eq } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import type { SignInLimits } from '../auth/sign-in-limits.ts'
import { requirePerson } from '../session.ts'

const { accounts } = schema

export type PasswordDeps = { db: Db; signInLimits: SignInLimits }

/**
 * Somebody who is signed in says their password once more. Wrong ones are limited as at a sign-in.
 * @param field where it stands in the request
 * @throws {ProblemError} `wrong-password`, `too-many-requests`
 */
export async function requirePassword(
  { db, signInLimits }: PasswordDeps,
  request: FastifyRequest,
  password: string,
  field: string,
): Promise<void> {
  const { id } = requirePerson(request)
  const succeeded = signInLimits.beginAgain(request.ip, id)
  const [account] = await db
    .select({ hash: accounts.password })
    .from(accounts)
    .where(and(eq(accounts.userId, id), eq(accounts.providerId, 'credential')))
  if (account?.hash && (await verifyPassword({ hash: account.hash, password }))) return succeeded()
  throw new ProblemError('wrong-password', undefined, { errors: [{ field, message: 'is not your password' }] })
}

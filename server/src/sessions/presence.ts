import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, sql } from 'drizzle-orm'
import type { FastifyRequest } from 'fastify'
import { requirePerson } from '../session.ts'
import { type PasswordDeps, requirePassword } from './password.ts'

const { accounts, sessions } = schema

/** How long after a sign-in who has no password may do what needs one. */
const freshMinutes = 10
/** How long after a sign-in nobody is asked again before they add another way in. */
const recentMinutes = 60

async function hasPassword(db: Db, userId: string): Promise<boolean> {
  const isIt = and(eq(accounts.userId, userId), eq(accounts.providerId, 'credential'))
  return (await db.select({ id: accounts.id }).from(accounts).where(isIt)).length > 0
}

async function hasBegunWithin(db: Db, sessionId: string, minutes: number): Promise<boolean> {
  const isIt = and(eq(sessions.id, sessionId), sql`${sessions.createdAt} > now() - make_interval(mins => ${minutes})`)
  return (await db.select({ id: sessions.id }).from(sessions).where(isIt)).length > 0
}

const againWithin = (time: string) => new ProblemError('forbidden', `Sign out, sign in again, and do it within ${time}.`)

/**
 * Who is signed in shows once more that it is them: by their password, or where they have none by having just signed in.
 * @param field where the password stands in the request
 * @throws {ProblemError} `wrong-password`, `forbidden`, `too-many-requests`
 */
export async function requirePresence(
  deps: PasswordDeps,
  request: FastifyRequest,
  password: string,
  field = 'password',
): Promise<void> {
  const { id, sessionId } = requirePerson(request)
  if (await hasPassword(deps.db, id)) return requirePassword(deps, request, password, field)
  if (!(await hasBegunWithin(deps.db, sessionId, freshMinutes))) throw againWithin(`${freshMinutes} minutes`)
}

/**
 * Before somebody gets another way in, which outlasts the session: they signed in within the hour, or say their password. Else a moment at a
 * laptop that nobody watches would open the account for good.
 * @throws {ProblemError} `password-needed`, `wrong-password`, `forbidden`, `too-many-requests`
 */
export async function requireRecentPresence(deps: PasswordDeps, request: FastifyRequest, password: string): Promise<void> {
  const { id, sessionId } = requirePerson(request)
  if (await hasBegunWithin(deps.db, sessionId, recentMinutes)) return
  if (!(await hasPassword(deps.db, id))) throw againWithin('an hour')
  if (password === '')
    throw new ProblemError('password-needed', undefined, {
      errors: [{ field: 'password', message: 'is needed: you signed in more than an hour ago' }],
    })
  return requirePassword(deps, request, password, 'password')
}

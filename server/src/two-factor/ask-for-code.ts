import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { eq } from 'drizzle-orm'
import type { FastifyReply } from 'fastify'
import { recordAccountAudit } from '../audit/record-audit.ts'
import { challengeCookie, type FirstStep, keepChallenge } from './challenge.ts'

const { users } = schema

/** Somebody whose two-factor is on has made the first step. They get no session, but a cookie to go on with. */
export async function askForCode(
  { db, env }: { db: Db; env: RunningEnv },
  reply: FastifyReply,
  userId: string,
  { step, from }: { step: FirstStep; from: string },
): Promise<never> {
  const token = await db.transaction(async (tx) => {
    const person = one(await tx.select({ id: users.id, name: users.name }).from(users).where(eq(users.id, userId)))
    // Somebody else may have guessed the password: its owner can see it.
    await recordAccountAudit(tx, person, { action: 'account.code-asked', from }, null)
    return keepChallenge(tx, userId, step)
  })
  reply.header('set-cookie', challengeCookie(token, { secure: env.PUBLIC_URL.startsWith('https:') }))
  throw new ProblemError('two-factor-needed', 'Look into your authenticator app, or use a recovery code.')
}

import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { Db } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import type { FastifyReply } from 'fastify'
import { challengeCookie, type FirstStep, keepChallenge } from './challenge.ts'

/** Somebody whose two-factor is on has made the first step. They get no session, but a cookie to go on with. */
export async function askForCode(
  { db, env }: { db: Db; env: RunningEnv },
  reply: FastifyReply,
  userId: string,
  step: FirstStep,
): Promise<never> {
  const token = await keepChallenge(db, userId, step)
  reply.header('set-cookie', challengeCookie(token, { secure: env.PUBLIC_URL.startsWith('https:') }))
  throw new ProblemError('two-factor-needed', 'Look into your authenticator app, or use a recovery code.')
}

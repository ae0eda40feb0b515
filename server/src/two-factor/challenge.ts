import { randomBytes } from 'node:crypto'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, gt, inArray, sql } from 'drizzle-orm'
import { tokenHash } from '../auth/token-hash.ts'
import { secondStepPrefix } from '../auth/void-sign-in-links.ts'

const { verifications } = schema

const minutes = 10
const cookieName = 'meanwhile.two-factor'
const path = '/api/auth/two-factor'

/** What came before the code. */
export type FirstStep = 'password' | 'mail'
const steps: FirstStep[] = ['password', 'mail']
const identifierOf = (step: FirstStep, token: string) => `${secondStepPrefix}${step}:${tokenHash(token)}`

/** Remembers that somebody has made the first step. @returns what their browser shows with the code */
export async function keepChallenge(db: Db, userId: string, step: FirstStep): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  const expiresAt = sql`now() + make_interval(mins => ${minutes})`
  await db.insert(verifications).values({ identifier: identifierOf(step, token), value: userId, expiresAt })
  return token
}

const isIt = (token: string) =>
  and(
    inArray(
      verifications.identifier,
      steps.map((step) => identifierOf(step, token)),
    ),
    gt(verifications.expiresAt, sql`now()`),
  )

/** Who has made the first step in this browser, a short while ago. */
export async function findChallenge(db: Db, token: string): Promise<{ userId: string } | undefined> {
  const [found] = await db.select({ userId: verifications.value }).from(verifications).where(isIt(token))
  return found
}

/** Once. @returns what the first step was */
export async function takeChallenge(db: Db, token: string): Promise<FirstStep | undefined> {
  const [taken] = await db.delete(verifications).where(isIt(token)).returning({ identifier: verifications.identifier })
  return steps.find((step) => taken?.identifier === identifierOf(step, token))
}

/** Binds the second step to the browser that made the first. It opens nothing else. */
export function challengeCookie(token: string, { secure, maxAge = minutes * 60 }: { secure: boolean; maxAge?: number }): string {
  const attributes = [`Path=${path}`, 'HttpOnly', 'SameSite=Strict', `Max-Age=${maxAge}`, ...(secure ? ['Secure'] : [])]
  return [`${cookieName}=${token}`, ...attributes].join('; ')
}

export const challengeIn = (cookies = ''): string =>
  cookies
    .split('; ')
    .find((each) => each.startsWith(`${cookieName}=`))
    ?.slice(cookieName.length + 1) ?? ''

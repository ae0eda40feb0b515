import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, gt, sql } from 'drizzle-orm'
import { tokenHash } from '../auth/token-hash.ts'

const { verifications } = schema

const minutes = 5
const identifierOf = (challenge: string) => `passkey:${tokenHash(challenge)}`

/** Remembers what a browser is to sign. @param purpose the person who adds a passkey, or that somebody signs in */
export async function keepChallenge(db: Db, challenge: string, purpose: string): Promise<void> {
  const expiresAt = sql`now() + make_interval(mins => ${minutes})`
  await db.insert(verifications).values({ identifier: identifierOf(challenge), value: purpose, expiresAt })
}

/** Whether it was asked for, for this. Each counts once. */
export async function takeChallenge(db: Db, challenge: string, purpose: string): Promise<boolean> {
  const isIt = and(
    eq(verifications.identifier, identifierOf(challenge)),
    eq(verifications.value, purpose),
    gt(verifications.expiresAt, sql`now()`),
  )
  return (await db.delete(verifications).where(isIt).returning({ id: verifications.id })).length === 1
}

import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, gt, sql } from 'drizzle-orm'
import { tokenHash } from '../auth/token-hash.ts'
import type { Started } from './provider.ts'

const { verifications } = schema

const minutes = 10
const cookieName = 'meanwhile.oidc'
const path = '/api/auth/oidc'
const identifierOf = (state: string) => `oidc:${tokenHash(state)}`

/** What somebody wanted when they left for their provider. `personId`: they were signed in, and connect it. */
export type Kept = Started & { next: string; invitation?: string | undefined; personId: string | null }

export async function keepStarted(db: Db, kept: Kept): Promise<void> {
  const expiresAt = sql`now() + make_interval(mins => ${minutes})`
  await db.insert(verifications).values({ identifier: identifierOf(kept.state), value: JSON.stringify(kept), expiresAt })
}

/** Once, and while it counts. */
export async function takeStarted(db: Db, state: string): Promise<Kept | null> {
  const isIt = and(eq(verifications.identifier, identifierOf(state)), gt(verifications.expiresAt, sql`now()`))
  const [taken] = await db.delete(verifications).where(isIt).returning({ value: verifications.value })
  return taken ? (JSON.parse(taken.value) as Kept) : null
}

/** Binds a sign-in to the browser that began it: nobody is signed in by a link of somebody else. */
export function stateCookie(state: string, { secure, maxAge = minutes * 60 }: { secure: boolean; maxAge?: number }): string {
  const attributes = [`Path=${path}`, 'HttpOnly', 'SameSite=Lax', `Max-Age=${maxAge}`, ...(secure ? ['Secure'] : [])]
  return [`${cookieName}=${state}`, ...attributes].join('; ')
}

export const stateIn = (cookies = ''): string | undefined =>
  cookies
    .split('; ')
    .find((each) => each.startsWith(`${cookieName}=`))
    ?.slice(cookieName.length + 1)

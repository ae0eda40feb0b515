import { Name } from '@meanwhile/shared/contract/name'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { and, eq } from 'drizzle-orm'
import { recordAccountAudit } from '../audit/record-audit.ts'
import { findAccount } from '../auth/find-account.ts'
import { signUpInto } from '../auth/sign-up.ts'
import { hasTwoFactor } from '../two-factor/queries.ts'
import type { Claims } from './provider.ts'
import type { Kept } from './started.ts'

const { accounts, users } = schema

/** How the accounts of a provider are named among all. */
export const providerId = (issuer: string) => `oidc:${issuer}`
type Ask = { issuer: string; claims: Claims; kept: Kept; from: string }

export async function isConnected(db: Db, issuer: string, userId: string): Promise<boolean> {
  const isIt = and(eq(accounts.providerId, providerId(issuer)), eq(accounts.userId, userId))
  return (await db.select({ id: accounts.id }).from(accounts).where(isIt)).length > 0
}

async function connect(tx: Db, { issuer, claims, from }: Ask, account: { id: string; name: string }): Promise<string> {
  await tx.insert(accounts).values({ userId: account.id, accountId: claims.subject, providerId: providerId(issuer) })
  await recordAccountAudit(tx, account, { action: 'account.provider-connected', details: { issuer }, from })
  return account.id
}

/** A name as people may have here; that of the address where the provider says none. */
const nameOf = ({ name, email }: Claims) => Name.safeParse(name?.slice(0, 80)).data ?? `${email}`.split('@')[0] ?? 'Somebody'

/** An account that is there already: connected before, now, or by an address that both sides have proved. */
const known = (db: Db, ask: Ask): Promise<string | null> =>
  db.transaction(async (tx) => {
    const { issuer, claims, kept } = ask
    const isIt = and(eq(accounts.providerId, providerId(issuer)), eq(accounts.accountId, claims.subject))
    const [connected] = await tx.select({ userId: accounts.userId }).from(accounts).where(isIt)
    if (kept.personId) {
      if (connected && connected.userId !== kept.personId)
        throw new ProblemError('account-exists', 'It is connected with another account here.')
      const [person] = await tx.select().from(users).where(eq(users.id, kept.personId))
      if (person) return connected ? person.id : connect(tx, ask, person)
    }
    if (connected) return connected.userId
    const account = claims.email === null ? undefined : await findAccount(tx, claims.email)
    if (!account) return null
    // Whoever reads the mail of an address could have made the provider's account: where a second step is asked for, that is not enough.
    const isProved = claims.isVerified && account.emailVerified && !(await hasTwoFactor(tx, account.id))
    if (!isProved) throw new ProblemError('account-exists')
    return connect(tx, ask, account)
  })

/**
 * The account of who came back from the provider, made where there is none and sign-up allows it.
 * @throws {ProblemError} `account-exists`, `oidc-failed`, and what a sign-up throws
 */
export async function accountOf(db: Db, env: RunningEnv, ask: Ask): Promise<{ userId: string; isNew: boolean }> {
  const userId = await known(db, ask)
  if (userId) return { userId, isNew: false }
  const { claims, kept, from } = ask
  const { email } = claims
  // Whoever may join is decided by the address: it has to be theirs.
  if (!email || !claims.isVerified) throw new ProblemError('oidc-failed', 'The provider did not confirm an email address.')
  const name = nameOf(claims)
  const made = await signUpInto(db, env, { name, email, invitation: kept.invitation, from }, async (tx) => {
    const user = one(await tx.insert(users).values({ name, email, emailVerified: true }).returning())
    await tx.insert(accounts).values({ userId: user.id, accountId: claims.subject, providerId: providerId(ask.issuer) })
    return { user }
  })
  return { userId: made.user.id, isNew: true }
}

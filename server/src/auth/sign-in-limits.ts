import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, gt, sql } from 'drizzle-orm'
import { Attempts } from './attempts.ts'
import { networkOf } from './network-of.ts'

const { sessions, users } = schema
const quarter = 15 * 60_000

/** An office behind one address forgets its passwords too. */
const ofAddress = () => new Attempts(100, quarter)
const ofAccount = () => new Attempts(50, quarter)

/** Whether somebody is signed in to this account from the network of an address. */
async function isAtHome(db: Db, email: string, network: string): Promise<boolean> {
  const found = await db
    .select({ address: sessions.ipAddress })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(users.email, email), gt(sessions.expiresAt, sql`now()`)))
  return found.some(({ address }) => address !== null && networkOf(address) === network)
}

/**
 * Limits what passwords may be tried: from one address for whatever accounts, and for one account from whatever addresses. The second does
 * not keep out its owner where they are signed in already. Whether there is such an account makes no difference.
 */
export function signInLimits(db: Db) {
  const addresses = ofAddress()
  const accounts = ofAccount()
  const signedIn = ofAccount()
  const refuse = () => {
    throw new ProblemError('too-many-requests', 'Too many wrong passwords. Wait a quarter of an hour, then try again.')
  }
  return {
    /** A try begins. @returns what to call when it succeeds @throws {ProblemError} `too-many-requests` */
    async begin(address: string, email: string): Promise<() => void> {
      const network = networkOf(address)
      const account = email.toLowerCase()
      if (!addresses.begin(network)) refuse()
      const isCounted = accounts.begin(account)
      if (!isCounted && !(await isAtHome(db, account, network))) refuse()
      return () => {
        addresses.giveBack(network)
        if (isCounted) accounts.giveBack(account)
      }
    },
    /**
     * A code is tried after the password. How many for one account, its row says.
     * @returns what to call when it succeeds
     * @throws {ProblemError} `too-many-requests`
     */
    beginCode(address: string): () => void {
      const network = networkOf(address)
      if (!addresses.begin(network)) refuse()
      return () => addresses.giveBack(network)
    },
    /**
     * Somebody who is signed in to an account says its password once more. Counted apart, so that nobody outside keeps them from it; and whoever
     * found their device is at home there.
     * @returns what to call when it succeeds
     * @throws {ProblemError} `too-many-requests`
     */
    beginAgain(address: string, userId: string): () => void {
      const network = networkOf(address)
      if (!addresses.begin(network) || !signedIn.begin(userId)) refuse()
      return () => {
        addresses.giveBack(network)
        signedIn.giveBack(userId)
      }
    },
  }
}
export type SignInLimits = ReturnType<typeof signInLimits>

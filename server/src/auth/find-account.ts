import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, isNull } from 'drizzle-orm'

const { users } = schema

/** The account with an address, kept by the transaction, so that requests about one account follow each other. Guests have none, nor has who came with an import. */
export async function findAccount(tx: Db, email: string) {
  const isIt = and(
    eq(users.email, email.toLowerCase()),
    isNull(users.guestOf),
    isNull(users.importedTo),
    isNull(users.candidateOf),
  )
  const [account] = await tx.select().from(users).where(isIt).for('no key update')
  return account
}

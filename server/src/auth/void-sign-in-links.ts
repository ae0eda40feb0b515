import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, like } from 'drizzle-orm'

const { verifications } = schema

/** How the identifiers of links to sign in begin, among all that somebody proves. */
export const signInLinkPrefix = 'sign-in-link:'

/** No link that was sent opens this account any more. */
export const voidSignInLinks = (tx: Db, userId: string) =>
  tx.delete(verifications).where(and(eq(verifications.value, userId), like(verifications.identifier, `${signInLinkPrefix}%`)))

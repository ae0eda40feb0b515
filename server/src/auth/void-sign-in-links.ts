import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, like, or } from 'drizzle-orm'

const { verifications } = schema

/** How the identifiers of links to sign in begin, among all that somebody proves. */
export const signInLinkPrefix = 'sign-in-link:'

/** And those of sign-ins that a code has yet to finish. */
export const secondStepPrefix = 'two-factor:'

/** No link that was sent opens this account any more, and no sign-in that was begun is finished. */
export const voidSignInLinks = (tx: Db, userId: string) =>
  tx
    .delete(verifications)
    .where(
      and(
        eq(verifications.value, userId),
        or(like(verifications.identifier, `${signInLinkPrefix}%`), like(verifications.identifier, `${secondStepPrefix}%`)),
      ),
    )

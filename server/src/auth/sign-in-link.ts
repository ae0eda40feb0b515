import { randomBytes } from 'node:crypto'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { addMail, mailsLately } from '@meanwhile/shared/db/add-mail'
import { type Db, schema } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { and, eq, gt, sql } from 'drizzle-orm'
import { signInLetter } from '../mails/letters.ts'
import { confirmAddress } from '../sessions/end-access.ts'
import { hasTwoFactor } from '../two-factor/queries.ts'
import { findAccount } from './find-account.ts'
import { tokenHash } from './token-hash.ts'
import { signInLinkPrefix } from './void-sign-in-links.ts'

const { verifications } = schema

const minutes = 15
/** More than that an hour, and somebody floods a mailbox. */
const anHour = 5
const identifierOf = (token: string) => signInLinkPrefix + tokenHash(token)

/** Sends a link that signs in, if there is an account with this address. @returns the ids of mails to send */
export const mailSignInLink = ({ db, env }: { db: Db; env: RunningEnv }, email: string): Promise<string[]> =>
  db.transaction(async (tx) => {
    const account = await findAccount(tx, email)
    if (!account || (await mailsLately(tx, 'sign-in-link', account.email)) >= anHour) return []
    const token = randomBytes(24).toString('base64url')
    const expiresAt = sql`now() + make_interval(mins => ${minutes})`
    await tx.insert(verifications).values({ identifier: identifierOf(token), value: account.id, expiresAt })
    const letter = signInLetter(account, `${env.PUBLIC_URL}/enter/${token}`, minutes)
    const post = { kind: 'sign-in-link', to: account.email, letter, minutes } as const
    return [await addMail(tx, { ...post, of: { userId: account.id } })]
  })

/**
 * Whose account a link opens. It works once, and proves the address; of who has turned on two-factor only together with a code.
 * @throws {ProblemError} `sign-in-link-invalid`
 */
export const useSignInLink = (db: Db, token: string, from: string): Promise<{ userId: string; needsCode: boolean }> =>
  db.transaction(async (tx) => {
    const isIt = and(eq(verifications.identifier, identifierOf(token)), gt(verifications.expiresAt, sql`now()`))
    const [used] = await tx.delete(verifications).where(isIt).returning({ userId: verifications.value })
    if (!used) throw new ProblemError('sign-in-link-invalid', 'Ask for a new one on the page to sign in.')
    const needsCode = await hasTwoFactor(tx, used.userId)
    if (!needsCode) await confirmAddress(tx, used.userId, from)
    return { userId: used.userId, needsCode }
  })

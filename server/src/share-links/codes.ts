import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { addMail, mailsLately } from '@meanwhile/shared/db/add-mail'
import { type Db, schema } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { and, eq, gt, isNull, lt, sql } from 'drizzle-orm'
import { shareCodeLetter } from '../mails/letters.ts'
import type { SignedIn } from '../session.ts'
import { admits } from './grant.ts'
import type { FoundLink } from './guests.ts'

const { shareCodes, shareLinks, users } = schema
type Deps = { db: Db; env: RunningEnv }

const minutes = 10
const digits = 8
const mostTries = 5
/** More than that an hour, and somebody floods a mailbox. */
const anHour = 5

const cookieName = (linkId: string) => `meanwhile.code.${linkId}`

/** What ties a code to the browser that asked for it: a number that nobody else has. */
export function browserIn(linkId: string, cookies = ''): string | null {
  const name = `${cookieName(linkId)}=`
  const value = cookies.split('; ').find((each) => each.startsWith(name))
  return value && /^[\w-]{32}$/.test(value.slice(name.length)) ? value.slice(name.length) : null
}

export const newBrowser = (): string => randomBytes(24).toString('base64url')

/** Scripts and other sites do not see it, and it lasts as long as a code does. */
export function browserCookie(linkId: string, browser: string, { secure }: { secure: boolean }): string {
  const attributes = ['Path=/api/share', 'HttpOnly', 'SameSite=Strict', `Max-Age=${minutes * 60}`, ...(secure ? ['Secure'] : [])]
  return [`${cookieName(linkId)}=${browser}`, ...attributes].join('; ')
}

type Asked = { linkId: string; email: string; browser: string }

/** Whoever reads the database cannot take the place of a browser. */
const hashOfBrowser = (browser: string) => createHash('sha256').update(browser).digest('hex')

const hashOf = (secret: string, { linkId, email, browser }: Asked, code: string) =>
  createHmac('sha256', secret).update(`share-code:${linkId}:${browser}:${code}:${email}`).digest('hex')

/** Sends a code to an address, if the link is for it; the one before, of the same browser, does not count any more. @returns the ids of mails to send */
export const mailShareCode = ({ db, env }: Deps, { link, update }: FoundLink, address: string, browser: string) =>
  db.transaction(async (tx): Promise<string[]> => {
    const email = address.toLowerCase()
    // Those who ask at once follow each other, so that they are counted.
    const isIt = and(eq(shareLinks.id, link.id), isNull(shareLinks.revokedAt))
    const [now] = await tx.select().from(shareLinks).where(isIt).for('no key update')
    if (!now || !admits(now, email) || (await mailsLately(tx, 'share-code', email)) >= anHour) return []
    const code = String(randomInt(10 ** digits)).padStart(digits, '0')
    const hash = hashOf(env.AUTH_SECRET, { linkId: link.id, email, browser }, code)
    const set = { hash, tries: 0, expiresAt: sql`now() + make_interval(mins => ${minutes})` }
    await tx
      .insert(shareCodes)
      .values({ linkId: link.id, email, browserHash: hashOfBrowser(browser), ...set })
      .onConflictDoUpdate({ target: [shareCodes.linkId, shareCodes.email, shareCodes.browserHash], set })
    const letter = shareCodeLetter(code, minutes)
    return [await addMail(tx, { kind: 'share-code', to: email, letter, of: { workspaceId: update.workspaceId }, minutes })]
  })

/** The address that a code proves, once. @throws {ProblemError} `share-code-wrong` */
export async function takeShareCode({ db, env }: Deps, asked: Asked, code: string): Promise<string> {
  const { linkId } = asked
  const email = asked.email.toLowerCase()
  const browserHash = hashOfBrowser(asked.browser)
  const isIt = and(eq(shareCodes.linkId, linkId), eq(shareCodes.email, email), eq(shareCodes.browserHash, browserHash))
  const [found] = await db
    .update(shareCodes)
    .set({ tries: sql`${shareCodes.tries} + 1` })
    .where(and(isIt, lt(shareCodes.tries, mostTries), gt(shareCodes.expiresAt, sql`now()`)))
    .returning({ hash: shareCodes.hash })
  const expected = Buffer.from(hashOf(env.AUTH_SECRET, { ...asked, email }, code))
  const isRight = found !== undefined && timingSafeEqual(Buffer.from(found.hash), expected)
  const taken =
    isRight &&
    (await db
      .delete(shareCodes)
      .where(and(isIt, eq(shareCodes.hash, found.hash)))
      .returning())
  if (!taken || taken.length === 0)
    throw new ProblemError('share-code-wrong', 'Look at the latest mail, or ask for another code.')
  return email
}

/** The address of who is signed in, where it is proved to be theirs. */
export async function provedAddressOf(db: Db, person: SignedIn | null): Promise<string> {
  if (!person) return ''
  const isIt = and(eq(users.id, person.id), eq(users.emailVerified, true))
  const [found] = await db.select({ email: users.email }).from(users).where(isIt)
  return found?.email.toLowerCase() ?? ''
}

import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { ShareState } from '@meanwhile/shared/contract/share-links'
import * as z from 'zod'

const day = 24 * 3600
const lifetimeSeconds = 30 * day

type Locked = { id: string; passwordHash: string | null }
/** Who opened a link, and the address that they proved for it; empty where they did not. `endsAt` is in seconds of the epoch. */
export type Grant = { guestId: string; email: string; endsAt: number }

const cookieName = (linkId: string) => `meanwhile.guest.${linkId}`

const isAt = (email: string, domains: string[]) => domains.includes(email.slice(email.lastIndexOf('@') + 1))

/** Whether a link shows what it leads to to whoever has it. */
export const asksNothing = (link: { passwordHash: string | null; emailDomains: string[] }): boolean =>
  link.passwordHash === null && link.emailDomains.length === 0

/** Whether somebody with this address gets in. */
export const admits = ({ emailDomains }: { emailDomains: string[] }, email: string): boolean =>
  emailDomains.length === 0 || isAt(email, emailDomains)

/** What somebody has to give before a link opens. It is asked of every request: what was given may not be enough any more. */
export function neededBy(
  link: { passwordHash: string | null; emailDomains: string[] },
  grant: Grant | null,
): ShareState['needs'] {
  if (link.passwordHash !== null && !grant) return 'password'
  return admits(link, grant?.email ?? '') ? null : 'address'
}

/** Another password makes another signature: who knew the old one alone is out. */
function sign(secret: string, { id, passwordHash }: Locked, guestId: string, expiry: string, address: string) {
  const lock = createHash('sha256')
    .update(passwordHash ?? '')
    .digest('hex')
  const what = address === '' ? 'share-guest' : `share-guest-at:${address}`
  return createHmac('sha256', secret).update(`${what}:${id}:${guestId}:${expiry}:${lock}`).digest()
}

const nowSeconds = () => Math.floor(Date.now() / 1000)

/** When what is granted now ends. */
export const grantEnd = (): number => nowSeconds() + lifetimeSeconds

/** A cookie that says: this guest has opened this link, and proved this address. */
export function grantCookie(
  secret: string,
  link: Locked,
  { guestId, email, endsAt }: Grant,
  { secure }: { secure: boolean },
): string {
  const expiry = endsAt.toString(36)
  const address = Buffer.from(email).toString('base64url')
  const signature = sign(secret, link, guestId, expiry, address).toString('base64url')
  const value = [guestId, expiry, signature, ...(address ? [address] : [])].join('.')
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Lax', `Max-Age=${endsAt - nowSeconds()}`, ...(secure ? ['Secure'] : [])]
  return [`${cookieName(link.id)}=${value}`, ...attributes].join('; ')
}

/** Whom a request's cookies name for this link; null when there is nobody, or what there is does not count any more. */
export function grantIn(secret: string, link: Locked, cookies = ''): Grant | null {
  const name = `${cookieName(link.id)}=`
  const cookie = cookies.split('; ').find((each) => each.startsWith(name))
  const [guestId = '', expiry = '', signature = '', address = ''] = (cookie?.slice(name.length) ?? '').split('.')
  if (!z.uuid().safeParse(guestId).success) return null
  const given = Buffer.from(signature, 'base64url')
  const expected = sign(secret, link, guestId, expiry, address)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  const endsAt = Number.parseInt(expiry, 36)
  if (endsAt <= nowSeconds()) return null
  return { guestId, email: Buffer.from(address, 'base64url').toString(), endsAt }
}

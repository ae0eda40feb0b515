import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'

const day = 24 * 3600
const lifetimeSeconds = 30 * day

type Locked = { id: string; passwordHash: string | null }

const cookieName = (linkId: string) => `meanwhile.guest.${linkId}`

/** Another password makes another signature: who knew the old one alone is out. */
function sign(secret: string, { id, passwordHash }: Locked, guestId: string, expiry: string) {
  const lock = createHash('sha256')
    .update(passwordHash ?? '')
    .digest('hex')
  return createHmac('sha256', secret).update(`share-guest:${id}:${guestId}:${expiry}:${lock}`).digest()
}

/** A cookie that says: this guest has opened this link. */
export function grantCookie(secret: string, link: Locked, guestId: string, { secure }: { secure: boolean }): string {
  const expiry = Math.floor(Date.now() / 1000 + lifetimeSeconds).toString(36)
  const value = `${guestId}.${expiry}.${sign(secret, link, guestId, expiry).toString('base64url')}`
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Lax', `Max-Age=${lifetimeSeconds}`, ...(secure ? ['Secure'] : [])]
  return [`${cookieName(link.id)}=${value}`, ...attributes].join('; ')
}

/** The guest whom a request's cookies name for this link; null when there is none, or what there is does not count any more. */
export function guestIdIn(secret: string, link: Locked, cookies = ''): string | null {
  const name = `${cookieName(link.id)}=`
  const cookie = cookies.split('; ').find((each) => each.startsWith(name))
  const [guestId = '', expiry = '', signature = ''] = (cookie?.slice(name.length) ?? '').split('.')
  if (!z.uuid().safeParse(guestId).success) return null
  const given = Buffer.from(signature, 'base64url')
  const expected = sign(secret, link, guestId, expiry)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null
  return Number.parseInt(expiry, 36) * 1000 > Date.now() ? guestId : null
}

import { createHmac, timingSafeEqual } from 'node:crypto'

const sign = (secret: string, feedId: string, updateId: string) =>
  createHmac('sha256', secret).update(`podcast ${feedId} ${updateId}`).digest()

/**
 * Where a podcast program finds the sound of one update. Its signature opens that alone, and has no end of its own, because programs
 * fetch weeks later: whether the feed is there and its person may hear it is asked each time.
 */
export const audioPath = (secret: string, feedId: string, updateId: string): string =>
  `/podcast/${feedId}/${updateId}/${sign(secret, feedId, updateId).toString('base64url')}.m4a`

/** Whether this is the signature of such an address. */
export function isSignature(secret: string, feedId: string, updateId: string, signature: string): boolean {
  const given = Buffer.from(signature, 'base64url')
  const expected = sign(secret, feedId, updateId)
  return given.length === expected.length && timingSafeEqual(given, expected)
}

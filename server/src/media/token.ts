import { createHmac, timingSafeEqual } from 'node:crypto'
import { ProblemError } from '@meanwhile/shared/contract/problem'

/** Everybody in a window gets the same token, so that playlists are the same text and caches work. */
const windowMs = 10 * 60_000

/** When a link made at `now` ends: one to two windows later, 10 to 20 minutes where nothing else is said. */
export const expiryAt = (now: number, window = windowMs): number => (Math.floor(now / window) + 2) * window

const sign = (secret: string, videoId: string, expiry: string) =>
  createHmac('sha256', secret).update(`${videoId} ${expiry}`).digest()

/** The right to fetch the media of one video until a moment (ms since 1970), as one part of a path. */
export function mediaToken(secret: string, videoId: string, expiresAt: number): string {
  const expiry = Math.floor(expiresAt / 1000).toString(36)
  return `${expiry}.${sign(secret, videoId, expiry).toString('base64url')}`
}

/** Resolves to nothing for a good token. @throws {ProblemError} `media-link-invalid` or `media-link-expired` */
export function requireMediaToken(secret: string, videoId: string, token: string, now = Date.now()): { expiresAt: number } {
  const [expiry = '', signature = ''] = token.split('.')
  const given = Buffer.from(signature, 'base64url')
  const expected = sign(secret, videoId, expiry)
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new ProblemError('media-link-invalid')
  const expiresAt = Number.parseInt(expiry, 36) * 1000
  if (expiresAt <= now) throw new ProblemError('media-link-expired')
  return { expiresAt }
}

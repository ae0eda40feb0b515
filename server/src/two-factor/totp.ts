import { Secret, TOTP } from 'otpauth'

/** What every authenticator app can do (RFC 6238): SHA-1, six digits, thirty seconds. */
const rules = { algorithm: 'SHA1', digits: 6, period: 30 }
/** A clock may be off by so many steps, in either direction. */
const window = 1
const secretBytes = 20

/** In base32. */
export const newSecret = (): string => new Secret({ size: secretBytes }).base32

/** What an app reads from a QR code. */
export const uriOf = (secret: string, email: string): string =>
  new TOTP({ ...rules, issuer: 'Meanwhile', label: email, secret: Secret.fromBase32(secret) }).toString()

/** The time step for which a code is the right one, near now; null for one that is not. */
export function stepOf(secret: string, code: string, nowMs = Date.now()): number | null {
  const given = code.replace(/[\s-]/g, '')
  if (!/^\d{6}$/.test(given)) return null
  const delta = TOTP.validate({ ...rules, secret: Secret.fromBase32(secret), token: given, window, timestamp: nowMs })
  return delta === null ? null : TOTP.counter({ period: rules.period, timestamp: nowMs }) + delta
}

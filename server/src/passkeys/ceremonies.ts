import type { Credential } from '@meanwhile/shared/contract/passkeys'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type WebAuthnCredential,
} from '@simplewebauthn/server'
import { and, eq, sql } from 'drizzle-orm'
import type { SignedIn } from '../session.ts'
import { keepChallenge, takeChallenge } from './challenge.ts'

const { passkeys } = schema
type Deps = { db: Db; env: RunningEnv }

const siteOf = ({ PUBLIC_URL }: RunningEnv) => ({ expectedOrigin: PUBLIC_URL, expectedRPID: new URL(PUBLIC_URL).hostname })
const signingIn = 'sign-in'
const refused = () => new ProblemError('passkey-invalid', 'Try again, or sign in another way.')

type TransportList = NonNullable<WebAuthnCredential['transports']>

/** What a browser makes a new passkey with. One that the device has already is not made twice. */
export async function registrationOptions({ db, env }: Deps, person: SignedIn) {
  const own = await db.select().from(passkeys).where(eq(passkeys.userId, person.id))
  const options = await generateRegistrationOptions({
    rpName: 'Meanwhile',
    rpID: siteOf(env).expectedRPID,
    userID: Buffer.from(person.id),
    userName: person.email,
    userDisplayName: person.name,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: own.map(({ credentialId: id, transports }) => ({ id, transports })),
  })
  await keepChallenge(db, options.challenge, person.id)
  return options
}

/** What a device says of the passkey that it made. @throws {ProblemError} `passkey-invalid` */
export async function checkedRegistration({ db, env }: Deps, person: SignedIn, credential: Credential) {
  // Whatever is wrong with what a browser sent, it is the same to whoever sent it.
  const { registrationInfo } = await verifyRegistrationResponse({
    response: credential as unknown as RegistrationResponseJSON,
    expectedChallenge: (challenge) => takeChallenge(db, challenge, person.id),
    ...siteOf(env),
  }).catch(() => ({ registrationInfo: undefined }))
  if (!registrationInfo) throw refused()
  const { id: credentialId, publicKey, counter, transports = [] } = registrationInfo.credential
  return { credentialId, publicKey: Buffer.from(publicKey).toString('base64url'), counter, transports }
}

/** What a browser signs in with: any passkey that it has for this site. */
export async function authenticationOptions({ db, env }: Deps) {
  const options = await generateAuthenticationOptions({ rpID: siteOf(env).expectedRPID, userVerification: 'required' })
  await keepChallenge(db, options.challenge, signingIn)
  return options
}

/** Whose passkey signed. @throws {ProblemError} `passkey-invalid` */
export async function checkedAuthentication({ db, env }: Deps, credential: Credential): Promise<string> {
  const [passkey] = await db.select().from(passkeys).where(eq(passkeys.credentialId, credential.id))
  if (!passkey) throw refused()
  const { id, credentialId, publicKey, counter, transports } = passkey
  const checked = await verifyAuthenticationResponse({
    response: credential as unknown as AuthenticationResponseJSON,
    expectedChallenge: (challenge) => takeChallenge(db, challenge, signingIn),
    ...siteOf(env),
    credential: {
      id: credentialId,
      publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')),
      counter,
      transports: transports as TransportList,
    },
  }).catch(() => null)
  if (!checked?.verified) throw refused()
  const { newCounter } = checked.authenticationInfo
  const isUnchanged = and(eq(passkeys.id, id), eq(passkeys.counter, counter))
  const used = await db
    .update(passkeys)
    .set({ counter: newCounter, usedAt: sql`now()` })
    .where(isUnchanged)
    .returning({ userId: passkeys.userId })
  if (!used[0]) throw refused()
  return used[0].userId
}

import * as z from 'zod'
import { LaterPassword, SignInAnswer } from './auth.ts'
import { Empty, endpoint, IsoDate } from './endpoint.ts'
import { Name } from './name.ts'

export const Passkey = z
  .object({ id: z.uuid(), name: z.string(), createdAt: IsoDate, usedAt: IsoDate.nullable() })
  .meta({ id: 'Passkey' })
export type Passkey = z.infer<typeof Passkey>

/** What a browser is asked with, and what it answers: the JSON of WebAuthn, level 3. */
const Options = z.looseObject({ challenge: z.string() }).meta({ id: 'PasskeyOptions' })
const Base64Url = z
  .string()
  .regex(/^[\w-]+$/)
  .max(2_000)
const Credential = z
  .looseObject({
    id: Base64Url,
    rawId: Base64Url,
    type: z.literal('public-key'),
    response: z.looseObject({ clientDataJSON: z.string().max(10_000) }),
    clientExtensionResults: z.looseObject({}),
  })
  .meta({ id: 'PasskeyCredential' })
export type Credential = z.infer<typeof Credential>

export const listPasskeys = endpoint({
  method: 'GET',
  url: '/api/me/passkeys',
  access: 'session',
  schema: { summary: 'The passkeys of who is signed in', tags: ['people'], response: { 200: z.array(Passkey) } },
})

export const startPasskey = endpoint({
  method: 'POST',
  url: '/api/me/passkeys/options',
  schema: {
    summary: 'What a browser makes a passkey with: `parseCreationOptionsFromJSON` takes it',
    tags: ['people'],
    body: z.object({ password: LaterPassword }),
    response: { 200: Options },
  },
})

export const addPasskey = endpoint({
  method: 'POST',
  url: '/api/me/passkeys',
  schema: {
    summary: 'Add the passkey that a browser has made',
    tags: ['people'],
    body: z.object({ credential: Credential }),
    response: { 201: Passkey },
  },
})

const PasskeyParams = z.object({ passkeyId: z.uuid() })

export const renamePasskey = endpoint({
  method: 'PATCH',
  url: '/api/me/passkeys/:passkeyId',
  schema: {
    summary: 'Call a passkey something else',
    tags: ['people'],
    params: PasskeyParams,
    body: z.object({ name: Name }),
    response: { 200: Passkey },
  },
})

export const removePasskey = endpoint({
  method: 'DELETE',
  url: '/api/me/passkeys/:passkeyId',
  schema: {
    summary: 'Remove a passkey: nobody signs in with it any more',
    description: 'The last one of who has neither a password nor an account of the provider stays (`only-way-in`).',
    tags: ['people'],
    params: PasskeyParams,
    response: { 204: Empty },
  },
})

export const startPasskeySignIn = endpoint({
  method: 'POST',
  url: '/api/auth/sign-in/passkey/options',
  schema: {
    summary: 'What a browser signs in with: `parseRequestOptionsFromJSON` takes it',
    tags: ['people'],
    response: { 200: Options },
  },
})

export const signInByPasskey = endpoint({
  method: 'POST',
  url: '/api/auth/sign-in/passkey',
  schema: {
    summary: 'Sign in with a passkey',
    tags: ['people'],
    body: z.object({ credential: Credential }),
    response: { 200: SignInAnswer },
  },
})

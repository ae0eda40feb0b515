import * as z from 'zod'
import { PresentPassword, SignInAnswer } from './auth.ts'
import { Empty, endpoint, IsoDate } from './endpoint.ts'

/** Of the authenticator app, or a recovery code; spaces and dashes do not count. */
const Code = z.string().trim().min(1, 'is needed').max(50).meta({ example: '492039' })

export const TwoFactor = z
  .object({
    since: IsoDate.nullable().describe('When it was turned on; null: it is not'),
    recoveryCodes: z.int().describe('How many are left'),
  })
  .meta({ id: 'TwoFactor' })
export type TwoFactor = z.infer<typeof TwoFactor>

const RecoveryCodes = z
  .object({ recoveryCodes: z.array(z.string().meta({ example: 'k7pm-3xqd-9wtr-c2vn' })) })
  .meta({ id: 'RecoveryCodes' })

export const readTwoFactor = endpoint({
  method: 'GET',
  url: '/api/me/two-factor',
  access: 'session',
  schema: {
    summary: 'Whether a code of an authenticator app is asked for when this person signs in',
    tags: ['people'],
    response: { 200: TwoFactor },
  },
})

export const startTwoFactor = endpoint({
  method: 'POST',
  url: '/api/me/two-factor',
  schema: {
    summary: 'What an authenticator app is set up with; it counts once a first code confirms it',
    tags: ['people'],
    body: z.object({ password: PresentPassword }),
    response: {
      200: z.object({
        secret: z.string().describe('In base32, for apps that cannot read the picture').meta({ example: 'JBSWY3DPEHPK3PXP' }),
        uri: z.string().describe('The same as a QR code holds it').meta({ example: 'otpauth://totp/Meanwhile:ada' }),
      }),
    },
  },
})

export const confirmTwoFactor = endpoint({
  method: 'POST',
  url: '/api/me/two-factor/confirmation',
  schema: {
    summary: 'Turn on two-factor by a first code; every other session ends, and the recovery codes are shown this once',
    tags: ['people'],
    body: z.object({ code: Code }),
    response: { 200: RecoveryCodes },
  },
})

const proof = z.object({ password: PresentPassword, code: Code })

export const renewRecoveryCodes = endpoint({
  method: 'POST',
  url: '/api/me/two-factor/recovery-codes',
  schema: {
    summary: 'Make new recovery codes, which are shown this once; earlier ones work no more',
    tags: ['people'],
    body: proof,
    response: { 200: RecoveryCodes },
  },
})

export const removeTwoFactor = endpoint({
  method: 'POST',
  url: '/api/me/two-factor/removal',
  schema: { summary: 'Turn off two-factor', tags: ['people'], body: proof, response: { 204: Empty } },
})

export const signInByCode = endpoint({
  method: 'POST',
  url: '/api/auth/two-factor',
  schema: {
    summary: 'The second step of signing in: a code of the authenticator app, or a recovery code',
    description: 'Goes with the cookie that came with `two-factor-needed`. It works for ten minutes.',
    tags: ['people'],
    body: z.object({ code: Code }),
    response: { 200: SignInAnswer },
  },
})

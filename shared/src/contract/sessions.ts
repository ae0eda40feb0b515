import * as z from 'zod'
import { Email, Password, PresentPassword, SignInAnswer } from './auth.ts'
import { Empty, endpoint, IsoDate } from './endpoint.ts'

export const SessionSummary = z
  .object({
    id: z.uuid(),
    device: z.string().describe('The browser and the system, such as `Firefox on Linux`'),
    address: z.string().nullable(),
    createdAt: IsoDate,
    usedAt: IsoDate.describe('The last request, to within a few minutes'),
    isCurrent: z.boolean().describe('The session of this request'),
  })
  .meta({ id: 'SessionSummary' })
export type SessionSummary = z.infer<typeof SessionSummary>

export const listSessions = endpoint({
  method: 'GET',
  url: '/api/me/sessions',
  access: 'session',
  schema: { summary: 'Where this person is signed in', tags: ['people'], response: { 200: z.array(SessionSummary) } },
})

export const endSession = endpoint({
  method: 'DELETE',
  url: '/api/me/sessions/:sessionId',
  schema: {
    summary: 'Sign out somewhere',
    tags: ['people'],
    params: z.object({ sessionId: z.uuid() }),
    response: { 204: Empty },
  },
})

export const endOtherSessions = endpoint({
  method: 'DELETE',
  url: '/api/me/sessions',
  schema: { summary: 'Sign out everywhere else', tags: ['people'], response: { 204: Empty } },
})

export const changePassword = endpoint({
  method: 'PUT',
  url: '/api/me/password',
  schema: {
    summary: 'Change the own password; every other session ends, and links to sign in that were sent work no more',
    tags: ['people'],
    body: z.object({ current: PresentPassword, password: Password }),
    response: { 204: Empty },
  },
})

export const askPasswordReset = endpoint({
  method: 'POST',
  url: '/api/password-resets',
  access: 'open',
  schema: {
    summary: 'Have a link to set a new password sent by mail; the answer is the same whether there is such an account',
    tags: ['people'],
    body: z.object({ email: Email }),
    response: { 204: Empty },
  },
})

const ResetParams = z.object({ token: z.string().max(100) })

export const readPasswordReset = endpoint({
  method: 'GET',
  url: '/api/password-resets/:token',
  access: 'open',
  schema: {
    summary: 'Whose password a link sets',
    tags: ['people'],
    params: ResetParams,
    response: { 200: z.object({ name: z.string(), email: z.string() }) },
  },
})

export const resetPassword = endpoint({
  method: 'POST',
  url: '/api/password-resets/:token',
  access: 'open',
  schema: {
    summary:
      'Set a new password by a link, which works once; sessions, passkeys, connected accounts and API tokens of the account go',
    tags: ['people'],
    params: ResetParams,
    body: z.object({ password: Password }),
    response: { 204: Empty },
  },
})

export const askSignInLink = endpoint({
  method: 'POST',
  url: '/api/auth/sign-in/link',
  schema: {
    summary: 'Have a link to sign in sent by mail; the answer is the same whether there is such an account',
    tags: ['people'],
    body: z.object({ email: Email }),
    response: { 204: Empty },
  },
})

export const signInByLink = endpoint({
  method: 'POST',
  url: '/api/auth/sign-in/link/:token',
  schema: {
    summary: 'Sign in by a link that was sent by mail; it works once',
    description:
      'The first one confirms the address: what was set up before, such as the password, opens the account no more. Where the person has turned on two-factor, a code comes next, as after the password.',
    tags: ['people'],
    params: ResetParams,
    response: { 200: SignInAnswer },
  },
})

import { answered, anybody, everyPerson, only } from './audiences.ts'
import { row, rowForSessions } from './row.ts'
import { password } from './scene.ts'
import { credential } from './sessions.ts'

const nobody = { email: 'nobody@example.org', password }

/** What is open by intent, and last what ends or moves the session that asks. */
export const openRows = [
  rowForSessions('GET /api/sign-up', anybody),
  rowForSessions('POST /api/auth/sign-up/email', answered(anybody, 'sign-up-closed'), { body: { ...nobody, name: 'Nobody' } }),
  rowForSessions('POST /api/auth/sign-in/email', only(answered(anybody, 'wrong-credentials'), 'nobody', 'member', 'guest'), {
    body: nobody,
  }),
  rowForSessions('GET /api/invitations/by-token/{token}', answered(anybody, 'invitation-invalid')),
  rowForSessions('GET /api/password-resets/{token}', answered(anybody, 'reset-invalid')),
  rowForSessions('POST /api/password-resets/{token}', answered(anybody, 'reset-invalid'), { body: { password } }),
  // To everybody they answer the same, see tests/api/mails.test.ts.
  rowForSessions('POST /api/password-resets', anybody, { body: { email: nobody.email } }),
  rowForSessions('POST /api/auth/sign-in/link', anybody, { body: { email: nobody.email } }),
  rowForSessions('POST /api/auth/sign-in/link/{token}', answered(anybody, 'sign-in-link-invalid')),
  rowForSessions('POST /api/auth/sign-in/passkey/options', only(anybody, 'nobody', 'member')),
  rowForSessions('POST /api/auth/sign-in/passkey', only(answered(anybody, 'passkey-invalid'), 'nobody', 'member'), {
    body: { credential },
  }),
  // Bound to a browser by a cookie, see tests/api/two-factor.test.ts.
  rowForSessions('POST /api/auth/two-factor', answered(anybody, 'two-factor-over'), { body: { code: '000000' } }),
  // Bound to a browser by a cookie, see tests/api/oidc.test.ts.
  rowForSessions('POST /api/auth/oidc', answered(anybody, 'not-found'), { body: {} }),
  rowForSessions('GET /api/auth/oidc/callback', anybody),
  // To nobody it answers 404 instead of 401, see tests/api/oembed.test.ts.
  row('GET /api/oembed', answered(anybody, 'not-found'), { query: 'url=https%3A%2F%2Fexample.org%2Fu%2Fx' }),
  rowForSessions('POST /api/workspaces', everyPerson, { body: { name: 'Another' } }),
  rowForSessions('POST /api/auth/sign-out', anybody),
]

import { answered, everyPerson, itsPerson, only } from './audiences.ts'
import { rowForSessions } from './row.ts'
import { password } from './scene.ts'

const inner = { clientDataJSON: 'x' }
export const credential = { id: 'x', rawId: 'x', type: 'public-key', response: inner, clientExtensionResults: {} }

/** Where an answer takes the work of a hash. */
const oneOfEach = ['nobody', 'guest', 'revoked session', 'member', 'removed member'] as const

export const sessionRows = [
  rowForSessions('GET /api/me/sessions', everyPerson),
  rowForSessions('DELETE /api/me/sessions/{sessionId}', { ...itsPerson, 'removed member': 'not-found' }, { fresh: 'session' }),
  rowForSessions('DELETE /api/me/sessions', everyPerson),
  rowForSessions('PUT /api/me/password', only(answered(everyPerson, 'wrong-password'), ...oneOfEach), {
    body: { current: 'not this one', password: 'another password' },
  }),
  rowForSessions('GET /api/me/two-factor', everyPerson),
  rowForSessions('POST /api/me/two-factor', only(everyPerson, ...oneOfEach), { body: { password } }),
  rowForSessions('POST /api/me/two-factor/confirmation', only(answered(everyPerson, 'two-factor-code-wrong'), ...oneOfEach), {
    body: { code: '000000' },
  }),
  rowForSessions('POST /api/me/two-factor/recovery-codes', only(everyPerson, ...oneOfEach), {
    body: { password, code: '000000' },
  }),
  rowForSessions('POST /api/me/two-factor/removal', only(everyPerson, ...oneOfEach), {
    body: { password, code: '000000' },
  }),
  rowForSessions('GET /api/me/passkeys', everyPerson),
  rowForSessions('GET /api/me/oidc', everyPerson),
  // Here is no provider, see tests/api/oidc.test.ts.
  rowForSessions('DELETE /api/me/oidc', answered(everyPerson, 'not-found')),
  rowForSessions('POST /api/me/passkeys/options', only(everyPerson, ...oneOfEach), { body: {} }),
  rowForSessions('POST /api/me/passkeys', only(answered(everyPerson, 'passkey-invalid'), ...oneOfEach), { body: { credential } }),
  rowForSessions(
    'PATCH /api/me/passkeys/{passkeyId}',
    { ...itsPerson, 'removed member': 'not-found' },
    { body: { name: 'Mine' } },
  ),
  rowForSessions('DELETE /api/me/passkeys/{passkeyId}', { ...itsPerson, 'removed member': 'not-found' }, { fresh: 'passkey' }),
]

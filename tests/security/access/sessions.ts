import { answered, everyPerson, itsPerson, only } from './audiences.ts'
import { rowForSessions } from './row.ts'

const inner = { clientDataJSON: 'x' }
export const credential = { id: 'x', rawId: 'x', type: 'public-key', response: inner, clientExtensionResults: {} }

export const sessionRows = [
  rowForSessions('GET /api/me/sessions', everyPerson),
  rowForSessions('DELETE /api/me/sessions/{sessionId}', { ...itsPerson, 'removed member': 'not-found' }, { fresh: 'session' }),
  rowForSessions('DELETE /api/me/sessions', everyPerson),
  rowForSessions(
    'PUT /api/me/password',
    only(answered(everyPerson, 'wrong-password'), 'nobody', 'guest', 'revoked session', 'member', 'removed member'),
    {
      body: { current: 'not this one', password: 'another password' },
    },
  ),
  rowForSessions('GET /api/me/passkeys', everyPerson),
  rowForSessions('GET /api/me/oidc', everyPerson),
  // Here is no provider, see tests/api/oidc.test.ts.
  rowForSessions('DELETE /api/me/oidc', answered(everyPerson, 'not-found')),
  rowForSessions(
    'POST /api/me/passkeys/options',
    only(everyPerson, 'nobody', 'guest', 'revoked session', 'member', 'removed member'),
    { body: {} },
  ),
  rowForSessions(
    'POST /api/me/passkeys',
    only(answered(everyPerson, 'passkey-invalid'), 'nobody', 'guest', 'revoked session', 'member', 'removed member'),
    { body: { credential } },
  ),
  rowForSessions(
    'PATCH /api/me/passkeys/{passkeyId}',
    { ...itsPerson, 'removed member': 'not-found' },
    { body: { name: 'Mine' } },
  ),
  rowForSessions('DELETE /api/me/passkeys/{passkeyId}', { ...itsPerson, 'removed member': 'not-found' }, { fresh: 'passkey' }),
]

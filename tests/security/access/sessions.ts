import { answered, everyPerson, itsPerson, only } from './audiences.ts'
import { rowForSessions } from './row.ts'

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
]

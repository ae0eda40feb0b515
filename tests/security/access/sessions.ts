import { answered, everyPerson, itsPerson, only } from './audiences.ts'
import { row } from './row.ts'

export const sessionRows = [
  row('GET /api/me/sessions', everyPerson),
  row('DELETE /api/me/sessions/{sessionId}', { ...itsPerson, 'removed member': 'not-found' }, { fresh: 'session' }),
  row('DELETE /api/me/sessions', everyPerson),
  row(
    'PUT /api/me/password',
    only(answered(everyPerson, 'wrong-password'), 'nobody', 'guest', 'revoked session', 'member', 'removed member'),
    {
      body: { current: 'not this one', password: 'another password' },
    },
  ),
]

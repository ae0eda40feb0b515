import { admins, adminsOfIt, answered, everyMember, everyPerson, only } from './audiences.ts'
import { row, rowForSessions } from './row.ts'
import { password } from './scene.ts'

export const peopleRows = [
  row('GET /api/me', everyMember),
  rowForSessions('PATCH /api/me', everyMember, { body: { rate: 1.5 } }),
  row('GET /api/me/preferences', everyMember),
  row('PATCH /api/me/preferences', everyMember, { body: {} }),
  row('GET /api/me/profile', everyPerson),
  row('PATCH /api/me/profile', everyPerson, { body: {} }),
  row('GET /api/members', everyMember),
  row('PATCH /api/members/{userId}', adminsOfIt, { body: { role: 'member' } }),
  row('DELETE /api/members/{userId}', adminsOfIt, { fresh: 'person' }),
  rowForSessions('POST /api/members/{userId}/password-reset', adminsOfIt),
  rowForSessions('DELETE /api/members/{userId}/two-factor', adminsOfIt),
  row('GET /api/invitations', admins),
  row('POST /api/invitations', admins),
  row('DELETE /api/invitations/{invitationId}', adminsOfIt, { fresh: 'invitation' }),
  rowForSessions('POST /api/invitations/by-token/{token}', answered(everyPerson, 'invitation-invalid')),
  row('GET /api/mails', admins),
  row('GET /api/sweeps', admins),
  row('GET /api/erasures', admins),
  rowForSessions(
    'POST /api/me/erasure',
    only(answered(everyPerson, 'wrong-password'), 'nobody', 'guest', 'revoked session', 'member'),
    {
      body: { password: 'not this one', confirmation: 'delete' },
    },
  ),
  rowForSessions('POST /api/members/{userId}/erasure', adminsOfIt, {
    fresh: 'person',
    body: { password, confirmation: 'delete' },
  }),
  row('POST /api/invitations/mails', admins, { body: () => ({ emails: [`${crypto.randomUUID()}@example.org`] }) }),
  row('GET /api/audit-events', admins),
  row('GET /api/audit-events.csv', admins),
  rowForSessions('PUT /api/me/picture', everyPerson),
  rowForSessions('DELETE /api/me/picture', everyPerson),
]

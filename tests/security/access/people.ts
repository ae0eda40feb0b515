import { usualAgreement } from '@meanwhile/shared/contract/agreement'
import { admins, adminsOfIt, answered, anybody, everyMember, everyPerson, only } from './audiences.ts'
import { row, rowForSessions } from './row.ts'
import { meeting, password } from './scene.ts'

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
  row('GET /api/me/asked', everyMember),
  row('GET /api/agreement', everyMember),
  // The version that they read is an old one: it was looked at.
  row('PUT /api/agreement', admins, { body: { ...usualAgreement, version: 99 } }),
  row('GET /api/agreement/people', everyMember),
  row('GET /api/agreement/promises', everyMember),
  row('GET /api/agreement.ics', everyMember),
  rowForSessions('GET /api/calendars/{token}/agreement.ics', answered(anybody, 'not-found')),
  rowForSessions('GET /api/me/calendar-feed', everyMember),
  rowForSessions('POST /api/me/calendar-feed', everyMember),
  rowForSessions('DELETE /api/me/calendar-feed', everyMember),
  row('GET /api/hours-given-back', everyMember),
  row('GET /api/replaced-meetings', everyMember),
  row('POST /api/replaced-meetings', admins, { body: meeting }),
  row('PATCH /api/replaced-meetings/{meetingId}', adminsOfIt, { body: { minutes: 20 } }),
  row('DELETE /api/replaced-meetings/{meetingId}', adminsOfIt, { fresh: 'meeting' }),
]

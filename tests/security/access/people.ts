import { admins, adminsOfIt, answered, everyMember, everyPerson } from './audiences.ts'
import { row, rowForSessions } from './row.ts'

export const peopleRows = [
  row('GET /api/me', everyMember),
  row('PATCH /api/me', everyMember, { body: { rate: 1.5 } }),
  row('GET /api/me/preferences', everyMember),
  row('PATCH /api/me/preferences', everyMember, { body: {} }),
  row('GET /api/me/profile', everyPerson),
  row('PATCH /api/me/profile', everyPerson, { body: {} }),
  row('GET /api/members', everyMember),
  row('PATCH /api/members/{userId}', adminsOfIt, { body: { role: 'member' } }),
  row('DELETE /api/members/{userId}', adminsOfIt, { fresh: 'person' }),
  rowForSessions('POST /api/members/{userId}/password-reset', adminsOfIt),
  row('GET /api/invitations', admins),
  row('POST /api/invitations', admins),
  row('DELETE /api/invitations/{invitationId}', adminsOfIt, { fresh: 'invitation' }),
  rowForSessions('POST /api/invitations/by-token/{token}', answered(everyPerson, 'invitation-invalid')),
  row('GET /api/mails', admins),
  row('POST /api/invitations/mails', admins, { body: { emails: ['x@example.org'] } }),
  row('GET /api/audit-events', admins),
  row('GET /api/audit-events.csv', admins),
]

import {
  answered,
  anybody,
  authorAndAdmins,
  everyMember,
  everyPerson,
  itsPerson,
  members,
  theAuthor,
  withLetIn,
} from './audiences.ts'
import { row, rowForSessions } from './row.ts'

const target = { format: 'slack', url: 'https://example.org/hook', time: '16:00', timeZone: 'UTC' }

export const deliveryRows = [
  row('GET /api/me/delivery', everyPerson),
  rowForSessions('PATCH /api/me/delivery', everyPerson, { body: {} }),
  row('GET /api/me/delivery/messages', everyPerson),
  row('GET /api/updates/{updateId}/delivery', withLetIn(members), { query: 'people=00000000-0000-4000-8000-000000000000' }),
  row('GET /api/delivery', everyMember),
  row('GET /api/updates/{updateId}/urgent-contacts', withLetIn(members)),
  row('POST /api/comments/{commentId}/urgent', withLetIn(theAuthor), { body: { reason: 'It burns' } }),
  row('PUT /api/comments/{commentId}/urgent/not-urgent', itsPerson),
  row('GET /api/workspace/urgents', everyMember),
  row('GET /api/channels/{channelId}/posts', authorAndAdmins),
  row('POST /api/channels/{channelId}/posts', authorAndAdmins, { body: target }),
  row('DELETE /api/channels/{channelId}/posts/{targetId}', authorAndAdmins, { fresh: 'post' }),
  // Whoever has the secret of the operator, see tests/api/delivery.test.ts.
  rowForSessions('POST /api/inbound-mails', answered(anybody, 'not-found')),
]

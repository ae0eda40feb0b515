import { authorAndAdmins, everyMember, members, readers, theAuthor } from './audiences.ts'
import { row } from './row.ts'

export const updateRows = [
  row('GET /api/updates', everyMember),
  row('POST /api/updates', everyMember, { body: { title: 'Mine' } }),
  row('GET /api/updates/{updateId}', readers),
  row('PATCH /api/updates/{updateId}', theAuthor, { body: { title: 'Mine' } }),
  row('DELETE /api/updates/{updateId}', authorAndAdmins, { fresh: 'update' }),
  row('PUT /api/updates/{updateId}/view', readers, { body: { ranges: [[0, 1]] } }),
  row('GET /api/updates/{updateId}/people', members),
]

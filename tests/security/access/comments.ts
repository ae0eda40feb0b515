import { authorAndAdmins, members, readers, theWriter } from './audiences.ts'
import { row } from './row.ts'

export const commentRows = [
  row('GET /api/updates/{updateId}/comments', readers),
  row('POST /api/updates/{updateId}/comments', readers, { body: { text: 'Hi' } }),
  row('GET /api/comments/{commentId}', readers),
  row('GET /api/comments/{commentId}/history', members),
  row('PATCH /api/comments/{commentId}', theWriter, { body: { text: 'Mine' } }),
  row('PUT /api/comments/{commentId}/resolution', authorAndAdmins, { body: {} }),
  row('DELETE /api/comments/{commentId}/resolution', authorAndAdmins),
  row('PUT /api/comments/{commentId}/hidden', authorAndAdmins),
  row('DELETE /api/comments/{commentId}/hidden', authorAndAdmins),
  row('DELETE /api/comments/{commentId}', theWriter, { fresh: 'update' }),
]

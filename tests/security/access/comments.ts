import { authorAndAdmins, members, readers, theWriter, withLetIn } from './audiences.ts'
import { row } from './row.ts'

export const commentRows = [
  row('GET /api/updates/{updateId}/comments', withLetIn(readers)),
  row('POST /api/updates/{updateId}/comments', withLetIn(readers), { body: { text: 'Hi' } }),
  row('GET /api/comments/{commentId}', withLetIn(readers)),
  row('GET /api/comments/{commentId}/history', withLetIn(members)),
  row('PATCH /api/comments/{commentId}', withLetIn(theWriter), { body: { text: 'Mine' } }),
  row('PUT /api/comments/{commentId}/resolution', withLetIn(authorAndAdmins), { body: {} }),
  row('DELETE /api/comments/{commentId}/resolution', withLetIn(authorAndAdmins)),
  row('PUT /api/comments/{commentId}/hidden', withLetIn(authorAndAdmins)),
  row('DELETE /api/comments/{commentId}/hidden', withLetIn(authorAndAdmins)),
  row('DELETE /api/comments/{commentId}', withLetIn(theWriter), { fresh: 'update' }),
]

import { readers, withLetIn } from './audiences.ts'
import { row } from './row.ts'

export const reactionRows = [
  row('GET /api/updates/{updateId}/reactions', withLetIn(readers)),
  row('PUT /api/updates/{updateId}/reactions/{emoji}', withLetIn(readers), { body: {} }),
  row('DELETE /api/updates/{updateId}/reactions/{emoji}', withLetIn(readers)),
  row('PUT /api/comments/{commentId}/reactions/{emoji}', withLetIn(readers)),
  row('DELETE /api/comments/{commentId}/reactions/{emoji}', withLetIn(readers)),
]

import { readers } from './audiences.ts'
import { row } from './row.ts'

export const reactionRows = [
  row('GET /api/updates/{updateId}/reactions', readers),
  row('PUT /api/updates/{updateId}/reactions/{emoji}', readers, { body: {} }),
  row('DELETE /api/updates/{updateId}/reactions/{emoji}', readers),
  row('PUT /api/comments/{commentId}/reactions/{emoji}', readers),
  row('DELETE /api/comments/{commentId}/reactions/{emoji}', readers),
]

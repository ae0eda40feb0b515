import { answered, anybody, authorAndAdmins, theAuthor, withLetIn } from './audiences.ts'
import { row, rowForSessions } from './row.ts'

export const shareLinkRows = [
  row('GET /api/updates/{updateId}/share-links', withLetIn(authorAndAdmins)),
  row('POST /api/updates/{updateId}/share-links', withLetIn(theAuthor), { body: {} }),
  row('PATCH /api/share-links/{linkId}', withLetIn(theAuthor), { body: { comments: 'off' } }),
  row('DELETE /api/share-links/{linkId}', withLetIn(authorAndAdmins), { fresh: 'update' }),
  // A link is for whoever has it, see share-links.test.ts beside this folder and in tests/api.
  rowForSessions('GET /api/share/{token}', answered(anybody, 'not-found')),
  rowForSessions('POST /api/share/{token}/open', answered(anybody, 'not-found'), { body: {} }),
  rowForSessions('PUT /api/share/{token}/name', answered(anybody, 'not-found'), { body: { name: 'Mia' } }),
  rowForSessions('POST /api/share/{token}/codes', answered(anybody, 'not-found'), { body: { email: 'mia@example.org' } }),
  rowForSessions('POST /api/share/{token}/address', answered(anybody, 'not-found'), {
    body: { email: 'mia@example.org', code: '20481632' },
  }),
]

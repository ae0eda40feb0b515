import { authorAndAdmins, everyMember, itsPerson } from './audiences.ts'
import { row, rowForSessions } from './row.ts'

/** Updates that are played as one, reels that people made, and feeds for podcast programs. */
export const reelRows = [
  row('GET /api/reel', everyMember, { query: 'from=unseen' }),
  row('GET /api/reels', everyMember),
  row('POST /api/reels', everyMember, { body: { title: 'Mine' } }),
  row('PATCH /api/reels/{reelId}', authorAndAdmins, { body: { title: 'Ours' } }),
  row('DELETE /api/reels/{reelId}', authorAndAdmins, { fresh: 'reel' }),
  row('PUT /api/reels/{reelId}/items/{updateId}', authorAndAdmins),
  row('DELETE /api/reels/{reelId}/items/{updateId}', authorAndAdmins, { fresh: 'reel' }),
  rowForSessions('GET /api/me/podcasts', everyMember),
  rowForSessions('POST /api/me/podcasts', everyMember, { body: {} }),
  rowForSessions('DELETE /api/me/podcasts/{feedId}', itsPerson, { fresh: 'feed' }),
]

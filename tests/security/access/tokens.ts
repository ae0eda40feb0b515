import { everyMember, itsPerson } from './audiences.ts'
import { rowForSessions } from './row.ts'

export const tokenRows = [
  rowForSessions('GET /api/me/tokens', everyMember),
  rowForSessions('POST /api/me/tokens', everyMember, { body: { name: 'Script', scopes: ['read'], expiresInDays: 1 } }),
  rowForSessions('DELETE /api/me/tokens/{tokenId}', itsPerson, { fresh: 'token' }),
]

import { authorAndAdmins, everyMember, members } from './audiences.ts'
import { row } from './row.ts'

export const channelRows = [
  row('GET /api/channels', everyMember),
  row('POST /api/channels', everyMember, { body: () => ({ name: `Channel ${crypto.randomUUID()}` }) }),
  row('GET /api/channels/{channelId}', members),
  row('PATCH /api/channels/{channelId}', authorAndAdmins, { body: { description: 'Ours' } }),
  row('GET /api/channels/{channelId}/members', members),
  row('PUT /api/channels/{channelId}/members/{userId}', members),
  row('DELETE /api/channels/{channelId}/members/{userId}', members, { fresh: 'seat' }),
]

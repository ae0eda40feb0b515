import { admins, answered, but, everyMember, everyPerson, owners } from './audiences.ts'
import { row, rowForSessions } from './row.ts'

const elsewhere = ['member of another workspace', 'let in', 'let in, then revoked']
const toOwn = Object.fromEntries([...elsewhere, 'removed member'].map((name) => [name, 'not-found']))
const isOwner = [...elsewhere, 'owner without the channel', 'owner'].map((name) => [name, 'wrong-password'])

export const workspaceRows = [
  row('GET /api/workspace', everyMember),
  row('PATCH /api/workspace', admins, { body: { playback: {} } }),
  row('GET /api/settings', everyMember),
  row('GET /api/me/storage', everyMember),
  rowForSessions('GET /api/me/workspaces', everyPerson),
  rowForSessions('PUT /api/me/workspace', but(everyPerson, toOwn), { body: ({ workspaceId }) => ({ workspaceId }) }),
  rowForSessions('POST /api/workspace/transfer', but(answered(admins, 'forbidden'), Object.fromEntries(isOwner)), {
    body: ({ userId }) => ({ userId, password: 'not this one' }),
  }),
  row('GET /api/transfers', owners),
  row('POST /api/exports', owners),
  row('DELETE /api/transfers/{transferId}', answered(owners, 'not-found')),
  row('POST /api/imports', owners, { body: { name: 'Team.zip', sizeBytes: 1000 } }),
  row('PUT /api/imports/{transferId}/parts/{number}', answered(owners, 'not-found')),
  row('GET /api/imports/{transferId}/parts', answered(owners, 'not-found')),
  row('POST /api/imports/{transferId}/finish', answered(owners, 'not-found'), { body: { parts: 1 } }),
]

import { authorAndAdmins, everyMember, members, readers, theAuthor, theRecorder } from './audiences.ts'
import { row } from './row.ts'

/** Who made it, and who would see it as an admin. */
const itsTrash = { ...theRecorder, admin: 'may', owner: 'may' }

export const updateRows = [
  row('GET /api/updates', everyMember),
  row('POST /api/updates', everyMember, { body: { title: 'Mine' } }),
  row('GET /api/updates/{updateId}', readers),
  row('PATCH /api/updates/{updateId}', theAuthor, { body: { title: 'Mine' } }),
  row('DELETE /api/updates/{updateId}', authorAndAdmins, { fresh: 'update' }),
  row('PUT /api/updates/{updateId}/view', readers, { body: { ranges: [[0, 1]] } }),
  row('GET /api/updates/{updateId}/people', members),
  row('PUT /api/updates/{updateId}/kept', authorAndAdmins),
  row('DELETE /api/updates/{updateId}/kept', authorAndAdmins),
  row('GET /api/trash', everyMember),
  row('POST /api/trash/{updateId}/restore', itsTrash, { inTrash: true, fresh: 'trashed' }),
  row('DELETE /api/trash/{updateId}', itsTrash, { inTrash: true, fresh: 'trashed' }),
]

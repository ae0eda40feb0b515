import {
  authorAndAdmins,
  but,
  candidatesToo,
  everyMember,
  members,
  readers,
  theAuthor,
  theRecorder,
  withLetIn,
} from './audiences.ts'
import { row } from './row.ts'

/** Who made it, and who would see it as an admin. */
const itsTrash = { ...theRecorder, admin: 'may', owner: 'may' }

export const updateRows = [
  row('GET /api/updates', everyMember),
  row('POST /api/updates', but(everyMember, { candidate: 'invalid-request' }), { body: { title: 'Mine' } }),
  row('GET /api/updates/{updateId}', candidatesToo(withLetIn(readers))),
  row('PATCH /api/updates/{updateId}', withLetIn(theAuthor), { body: { title: 'Mine' } }),
  row('DELETE /api/updates/{updateId}', candidatesToo(withLetIn(authorAndAdmins)), { fresh: 'update' }),
  row('PUT /api/updates/{updateId}/view', withLetIn(readers), { body: { ranges: [[0, 1]] } }),
  row('GET /api/updates/{updateId}/people', withLetIn(members)),
  row('PUT /api/updates/{updateId}/kept', withLetIn(authorAndAdmins)),
  row('DELETE /api/updates/{updateId}/kept', withLetIn(authorAndAdmins)),
  row('POST /api/updates/{updateId}/asks', everyMember),
  row('GET /api/updates/{updateId}/grants', withLetIn(authorAndAdmins)),
  row('PUT /api/updates/{updateId}/grants/{userId}', withLetIn(authorAndAdmins), { fresh: 'ask' }),
  row('DELETE /api/updates/{updateId}/grants/{userId}', withLetIn(authorAndAdmins)),
  row('DELETE /api/updates/{updateId}/asks/{userId}', withLetIn(authorAndAdmins)),
  row('GET /api/updates/{updateId}/call', withLetIn(theAuthor)),
  row('PUT /api/updates/{updateId}/call', withLetIn(theAuthor)),
  row('DELETE /api/updates/{updateId}/call', withLetIn(theAuthor)),
  row('GET /api/trash', everyMember),
  row('POST /api/trash/{updateId}/restore', itsTrash, { inTrash: true, fresh: 'trashed' }),
  row('DELETE /api/trash/{updateId}', itsTrash, { inTrash: true, fresh: 'trashed' }),
]

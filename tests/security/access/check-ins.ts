import { authorAndAdmins, everyMember, members, theAuthor, withLetIn } from './audiences.ts'
import { row } from './row.ts'

const draft = {
  name: 'Mine',
  questions: [{ id: 'one', kind: 'open', text: 'Well?' }],
  cadence: { rule: 'FREQ=DAILY', startsOn: '2026-03-23', timeZone: 'UTC' },
  people: [],
}

export const checkInRows = [
  row('GET /api/check-ins', everyMember),
  row('POST /api/check-ins', everyMember, { body: draft }),
  row('GET /api/check-ins/{checkInId}', members),
  row('PATCH /api/check-ins/{checkInId}', authorAndAdmins, { body: { name: 'Ours' } }),
  row('GET /api/check-ins/{checkInId}/rounds', members),
  row('GET /api/check-ins/{checkInId}/rounds/{date}', members),
  row('GET /api/rounds/{roundId}', members),
  row('PUT /api/rounds/{roundId}/reply', theAuthor, { body: { isBlocked: true } }),
  row('PUT /api/rounds/{roundId}/caught-up', members),
  row('PUT /api/rounds/{roundId}/state', theAuthor, { body: { state: 'nothing' } }),
  row('GET /api/updates/{updateId}/answer-history', withLetIn(members)),
]

import { but, everyMember, members, withLetIn } from './audiences.ts'
import { row } from './row.ts'

/** Whoever was let in reads, and does not decide. */
const deciders = but(members, { 'let in': 'forbidden' })

export const decisionRows = [
  row('POST /api/updates/{updateId}/decisions', but(deciders, { 'member, of a draft': 'not-found' }), {
    body: { text: 'We do' },
  }),
  row('GET /api/decisions/{decisionId}', withLetIn(members)),
  row('PUT /api/decisions/{decisionId}/vote', deciders, { body: { choice: 'agree' } }),
  row('GET /api/decisions', everyMember),
  row('GET /api/decisions/export', everyMember),
  row('GET /api/channels/{channelId}/decisions', members),
  row('GET /api/channels/{channelId}/decisions/export', members),
]

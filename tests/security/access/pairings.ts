import { everyMember, itsPerson } from './audiences.ts'
import { row } from './row.ts'

export const pairingRows = [
  row('GET /api/pairings', everyMember),
  row('GET /api/pairings/{pairingId}', itsPerson),
  row('DELETE /api/pairings/{pairingId}/me', itsPerson, { fresh: 'pairing' }),
]

import * as z from 'zod'
import { endpoint, IsoDate } from './endpoint.ts'

/** A position whose candidates were told by when they hear from the team, and wait. */
export const WaitingCandidates = z
  .object({
    positionId: z.uuid(),
    title: z.string(),
    count: z.int().min(1).describe('Who handed in, and about whom nothing is decided but to wait'),
    dueAt: IsoDate.describe('What the first of them was told'),
    late: z.boolean(),
  })
  .meta({ id: 'WaitingCandidates' })
export type WaitingCandidates = z.infer<typeof WaitingCandidates>

export const listWaitingCandidates = endpoint({
  method: 'GET',
  url: '/api/me/candidates',
  schema: {
    summary:
      'Positions that this person owns, and whose candidates were promised to hear from the team: by when the first of them does',
    tags: ['interviews'],
    response: { 200: z.object({ items: z.array(WaitingCandidates) }).meta({ id: 'WaitingCandidatesList' }) },
  },
})

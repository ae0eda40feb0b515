import * as z from 'zod'
import { endpoint, IsoDate } from './endpoint.ts'

/** A round of a check-in that asks somebody who has not said anything yet. */
export const WaitingRound = z
  .object({
    id: z.uuid(),
    checkInId: z.uuid(),
    name: z.string().describe('Of the check-in'),
    date: z.iso.date().describe('Their own day of that date'),
    questions: z.int().describe('How many it asks'),
    dueAt: IsoDate.describe('In their own hours'),
    late: z.boolean(),
  })
  .meta({ id: 'WaitingRound' })
export type WaitingRound = z.infer<typeof WaitingRound>

export const listWaitingRounds = endpoint({
  method: 'GET',
  url: '/api/me/rounds',
  schema: {
    summary: 'Rounds that have opened for this person and wait for their answer, by when they are due',
    description: 'Of each check-in the latest; what was missed before it is late, and is found with the check-in.',
    tags: ['check-ins'],
    response: { 200: z.object({ items: z.array(WaitingRound) }).meta({ id: 'WaitingRounds' }) },
  },
})

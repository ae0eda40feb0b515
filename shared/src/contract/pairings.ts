import * as z from 'zod'
import { Person } from './auth.ts'
import { Empty, endpoint, IsoDate } from './endpoint.ts'
import { Update } from './updates.ts'

/** Two or three people and one light question. */
export const Pairing = z
  .object({
    id: z.uuid(),
    startsOn: z.iso.date().describe("Everybody's own Monday of that date"),
    question: z.string(),
    people: z.array(z.object({ person: Person, answered: z.boolean() })).describe('Who is in it still, this viewer included'),
    answered: z.boolean().describe('Whether this viewer has answered'),
    state: z
      .enum(['open', 'shown', 'over'])
      .describe(
        'open: it waits for answers; shown: who has answered sees them; over: it waits for nobody, and there are not two answers',
      ),
    endsAt: IsoDate.describe('When its fortnight is over'),
    goneAt: IsoDate.describe('When its answers go'),
  })
  .meta({ id: 'Pairing' })
export type Pairing = z.infer<typeof Pairing>

export const PairingPage = Pairing.extend({
  answers: z
    .array(Update)
    .describe('Those that this viewer sees: their own, and when they are shown and this viewer has answered, all of them'),
  overlap: z
    .array(z.object({ from: IsoDate, to: IsoDate }))
    .describe('When all of them work for an hour or longer, in the next seven days; at most twenty'),
}).meta({ id: 'PairingPage' })
export type PairingPage = z.infer<typeof PairingPage>

const PairingParams = z.object({ pairingId: z.uuid() })

export const listPairings = endpoint({
  method: 'GET',
  url: '/api/pairings',
  schema: {
    summary: 'The pairings that this person is in and that are not gone, newest first',
    tags: ['pairings'],
    response: { 200: z.object({ items: z.array(Pairing) }).meta({ id: 'Pairings' }) },
  },
})

export const readPairing = endpoint({
  method: 'GET',
  url: '/api/pairings/:pairingId',
  schema: {
    summary: 'One pairing with the answers that this viewer sees (its people)',
    tags: ['pairings'],
    params: PairingParams,
    response: { 200: PairingPage },
  },
})

export const leavePairing = endpoint({
  method: 'DELETE',
  url: '/api/pairings/:pairingId/me',
  schema: {
    summary: 'Not this time: the others are not left waiting (its people)',
    tags: ['pairings'],
    params: PairingParams,
    response: { 204: Empty },
  },
})

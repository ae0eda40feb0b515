import * as z from 'zod'
import { Author } from './auth.ts'
import { endpoint, IsoDate } from './endpoint.ts'

/** A decision that somebody is asked for and has said nothing to yet. */
export const WaitingDecision = z
  .object({
    id: z.uuid().describe('Of the comment that asks for it'),
    text: z.string(),
    author: Author,
    update: z.object({ id: z.uuid(), title: z.string() }),
    closesAt: IsoDate,
  })
  .meta({ id: 'WaitingDecision' })
export type WaitingDecision = z.infer<typeof WaitingDecision>

export const listWaitingDecisions = endpoint({
  method: 'GET',
  url: '/api/me/decisions',
  schema: {
    summary: 'Open decisions of others that this person is one to make and has said nothing to, by when they close; at most 100',
    tags: ['decisions'],
    response: { 200: z.object({ items: z.array(WaitingDecision) }).meta({ id: 'WaitingDecisions' }) },
  },
})

import * as z from 'zod'
import { Person } from './auth.ts'
import { endpoint, IsoDate } from './endpoint.ts'
import { Update, UpdateParams } from './updates.ts'

/** When those whom an update concerns could talk to each other. */
export const CallOffer = z
  .object({
    suggested: z.boolean().describe('Of this kind, and with so many asked, a call may serve better'),
    people: z
      .array(z.object({ person: Person, timeZone: z.string().nullable() }))
      .describe('Who wrote, was asked or was named there; where nobody was, those who can see it, if they are few'),
    overlap: z
      .array(z.object({ from: IsoDate, to: IsoDate }))
      .describe('When all of them work, in the next seven days, first to last; at most twenty'),
  })
  .meta({ id: 'CallOffer' })
export type CallOffer = z.infer<typeof CallOffer>

export const readCallOffer = endpoint({
  method: 'GET',
  url: '/api/updates/:updateId/call',
  schema: {
    summary: 'Whether a call may serve better, and when all whom it concerns work (the author)',
    tags: ['updates'],
    params: UpdateParams,
    response: { 200: CallOffer },
  },
})

export const chooseCall = endpoint({
  method: 'PUT',
  url: '/api/updates/:updateId/call',
  schema: {
    summary: 'Say that a call is the right choice (the author)',
    tags: ['updates'],
    params: UpdateParams,
    response: { 200: Update },
  },
})

export const unchooseCall = endpoint({
  method: 'DELETE',
  url: '/api/updates/:updateId/call',
  schema: { summary: 'Take that back (the author)', tags: ['updates'], params: UpdateParams, response: { 200: Update } },
})

import * as z from 'zod'
import { Person } from './auth.ts'
import { Empty, endpoint, IsoDate } from './endpoint.ts'
import { UpdateParams } from './updates.ts'

export const UpdateAccess = z
  .object({
    letIn: z
      .array(z.object({ person: Person, by: Person, since: IsoDate }))
      .describe('Who sees it besides those who see its place'),
    asking: z.array(z.object({ person: Person, askedAt: IsoDate })).describe('Who waits for an answer'),
  })
  .meta({ id: 'UpdateAccess' })
export type UpdateAccess = z.infer<typeof UpdateAccess>

const OfPerson = UpdateParams.extend({ userId: z.uuid() })

export const askForAccess = endpoint({
  method: 'POST',
  url: '/api/updates/:updateId/asks',
  schema: {
    summary: 'Ask to be let in to an update that this viewer cannot see',
    description:
      'The answer is the same whether or not there is such an update; where there is one, its author is told, once. 20 times a day.',
    tags: ['access'],
    params: UpdateParams,
    response: { 202: Empty },
  },
})

export const listAccess = endpoint({
  method: 'GET',
  url: '/api/updates/:updateId/grants',
  schema: {
    summary: 'Who was let in to an update, and who asks to be (the author, owner and admins)',
    tags: ['access'],
    params: UpdateParams,
    response: { 200: UpdateAccess },
  },
})

export const grantAccess = endpoint({
  method: 'PUT',
  url: '/api/updates/:updateId/grants/:userId',
  schema: {
    summary: 'Let in somebody who asked (the author, owner and admins)',
    description: 'They watch, comment and react, wherever they belong. The same again changes nothing.',
    tags: ['access'],
    params: OfPerson,
    response: { 200: UpdateAccess },
  },
})

export const revokeAccess = endpoint({
  method: 'DELETE',
  url: '/api/updates/:updateId/grants/:userId',
  schema: {
    summary: 'Let somebody in no more (the author, owner and admins)',
    description: 'What they play ends within minutes. The same again changes nothing.',
    tags: ['access'],
    params: OfPerson,
    response: { 200: UpdateAccess },
  },
})

export const declineAsk = endpoint({
  method: 'DELETE',
  url: '/api/updates/:updateId/asks/:userId',
  schema: {
    summary: 'Do not let in somebody who asked (the author, owner and admins)',
    description: 'They are not told, and nobody hears when they ask again.',
    tags: ['access'],
    params: OfPerson,
    response: { 200: UpdateAccess },
  },
})

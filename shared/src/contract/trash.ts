import * as z from 'zod'
import { Person } from './auth.ts'
import { ChannelName } from './channels.ts'
import { Empty, endpoint, IsoDate, pageOf } from './endpoint.ts'
import { UpdateParams } from './updates.ts'

export const TrashedUpdate = z
  .object({
    id: z.uuid(),
    title: z.string(),
    author: Person,
    channel: ChannelName.nullable().describe('Where it is when it is restored; null: in the whole workspace'),
    isDraft: z.boolean().describe('It was never published: a recording that its author discarded'),
    durationMs: z.int().nullable(),
    trashedAt: IsoDate,
    trashedBy: Person.nullable().describe('Null where a rule did it: the update had reached its age'),
    goneAt: IsoDate.describe('From then on it is deleted for good'),
  })
  .meta({ id: 'TrashedUpdate' })
export type TrashedUpdate = z.infer<typeof TrashedUpdate>

export const listTrash = endpoint({
  method: 'GET',
  url: '/api/trash',
  schema: {
    summary:
      'What can still be restored, the latest first: own updates; for owner and admins also what others see of the workspace',
    tags: ['trash'],
    querystring: z.object({
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    response: { 200: pageOf(TrashedUpdate) },
  },
})

export const restoreUpdate = endpoint({
  method: 'POST',
  url: '/api/trash/:updateId/restore',
  schema: {
    summary:
      'Take an update out of the trash: everything is as before, its share links too, unless they were revoked or have expired',
    tags: ['trash'],
    params: UpdateParams,
    response: { 204: Empty },
  },
})

export const eraseUpdate = endpoint({
  method: 'DELETE',
  url: '/api/trash/:updateId',
  schema: {
    summary: 'Delete an update in the trash for good, with all that was said about it. Nothing brings it back',
    tags: ['trash'],
    params: UpdateParams,
    response: { 204: Empty },
  },
})

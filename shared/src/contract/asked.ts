import * as z from 'zod'
import { ChannelName } from './channels.ts'
import { Comment } from './comments.ts'
import { endpoint, pageOf } from './endpoint.ts'
import { UpdateKind } from './update-kind.ts'

/** A question or an action that somebody owes an answer to. */
export const Asked = z
  .object({
    comment: Comment,
    update: z.object({
      id: z.uuid(),
      title: z.string(),
      kind: UpdateKind.nullable(),
      channel: ChannelName.nullable(),
    }),
    late: z.boolean(),
  })
  .meta({ id: 'Asked' })
export type Asked = z.infer<typeof Asked>

export const listAsked = endpoint({
  method: 'GET',
  url: '/api/me/asked',
  schema: {
    summary: 'What is asked of this person and still open: late first, then by when it is due',
    tags: ['comments'],
    querystring: z.object({ limit: z.coerce.number().int().min(1).max(100).default(30), cursor: z.string().max(200).optional() }),
    response: { 200: pageOf(Asked) },
  },
})

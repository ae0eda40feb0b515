import * as z from 'zod'
import { Person } from './auth.ts'
import { ChannelName } from './channels.ts'
import { Empty, endpoint, IsoDate, pageOf, plainText } from './endpoint.ts'
import { mostInReel } from './reel.ts'

const Title = plainText(120)
  .min(1)
  .regex(/^\P{Cc}*$/u, 'must not contain control characters')

/** A reel that somebody put together. */
export const ReelList = z
  .object({
    id: z.uuid(),
    title: z.string(),
    author: Person,
    channel: ChannelName.nullable().describe('Where it is; null: in the whole workspace'),
    createdAt: IsoDate,
    count: z.int().describe('Updates in it that this viewer sees'),
    canChange: z.boolean(),
  })
  .meta({ id: 'ReelList' })
export type ReelList = z.infer<typeof ReelList>

export const ReelListDraft = z
  .object({
    title: Title,
    channelId: z.uuid().nullable().default(null),
    updateIds: z.array(z.uuid()).max(mostInReel).default([]).describe('What is in it at first, in order'),
  })
  .meta({ id: 'ReelListDraft', example: { title: 'How we ship', channelId: null, updateIds: [] } })
export type ReelListDraft = z.infer<typeof ReelListDraft>

export const ReelListParams = z.object({ reelId: z.uuid() })
const ItemParams = ReelListParams.extend({ updateId: z.uuid() })

export const listReels = endpoint({
  method: 'GET',
  url: '/api/reels',
  schema: {
    summary: 'Reels that people made where this viewer is, newest first',
    tags: ['reels'],
    querystring: z.object({
      limit: z.coerce.number().int().min(1).max(100).default(50),
      cursor: z.string().max(200).optional(),
    }),
    response: { 200: pageOf(ReelList) },
  },
})

export const createReel = endpoint({
  method: 'POST',
  url: '/api/reels',
  schema: {
    summary: 'Make a reel, in the workspace or a channel',
    tags: ['reels'],
    body: ReelListDraft,
    response: { 201: ReelList },
  },
})

export const changeReel = endpoint({
  method: 'PATCH',
  url: '/api/reels/:reelId',
  schema: {
    summary: 'Give a reel another title or order (who made it, owner and admins)',
    description: 'In a new order, updates that are not named keep their order behind those that are.',
    tags: ['reels'],
    params: ReelListParams,
    body: z
      .object({ title: Title.optional(), updateIds: z.array(z.uuid()).max(mostInReel).optional() })
      .meta({ example: { title: 'How we ship' } }),
    response: { 200: ReelList },
  },
})

export const deleteReel = endpoint({
  method: 'DELETE',
  url: '/api/reels/:reelId',
  schema: {
    summary: 'Delete a reel, but none of its updates (who made it, owner and admins)',
    tags: ['reels'],
    params: ReelListParams,
    response: { 204: Empty },
  },
})

export const addToReel = endpoint({
  method: 'PUT',
  url: '/api/reels/:reelId/items/:updateId',
  schema: {
    summary: 'Put an update at the end of a reel, where it is not in it (who made it, owner and admins)',
    tags: ['reels'],
    params: ItemParams,
    response: { 200: ReelList },
  },
})

export const removeFromReel = endpoint({
  method: 'DELETE',
  url: '/api/reels/:reelId/items/:updateId',
  schema: {
    summary: 'Take an update out of a reel (who made it, owner and admins)',
    tags: ['reels'],
    params: ItemParams,
    response: { 200: ReelList },
  },
})

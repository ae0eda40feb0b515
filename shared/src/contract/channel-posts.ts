import * as z from 'zod'
import { Empty, endpoint, IsoDate } from './endpoint.ts'
import { TimeZone } from './profile.ts'

export const PostFormat = z
  .enum(['slack', 'teams'])
  .describe(
    'slack: an incoming webhook of Slack, or of what takes the same; teams: a workflow of Teams that takes adaptive cards',
  )
  .meta({ id: 'PostFormat' })
export type PostFormat = z.infer<typeof PostFormat>

export const PostTarget = z
  .object({
    id: z.uuid(),
    format: PostFormat,
    host: z.string().describe('Where it leads; its whole address is a secret of the other system and told to nobody'),
    time: z.string(),
    timeZone: z.string(),
    lastAt: IsoDate.nullable().describe('When something arrived there the last time'),
    failure: z.string().nullable().describe('Why the last post did not arrive'),
  })
  .meta({ id: 'PostTarget' })
export type PostTarget = z.infer<typeof PostTarget>

const ChannelParams = z.object({ channelId: z.uuid() })

export const listPostTargets = endpoint({
  method: 'GET',
  url: '/api/channels/:channelId/posts',
  schema: {
    summary: 'Where this channel is summed up (who manages it)',
    tags: ['channels'],
    params: ChannelParams,
    response: { 200: z.array(PostTarget) },
  },
})

export const PostTargetDraft = z
  .object({
    format: PostFormat,
    url: z.url().max(2_000),
    time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:30'),
    timeZone: TimeZone,
  })
  .meta({
    id: 'PostTargetDraft',
    example: { format: 'slack', url: 'https://hooks.slack.com/services/T0/B0/x', time: '16:00', timeZone: 'Europe/Berlin' },
  })
export type PostTargetDraft = z.infer<typeof PostTargetDraft>

export const createPostTarget = endpoint({
  method: 'POST',
  url: '/api/channels/:channelId/posts',
  access: 'admin',
  schema: {
    summary: 'Post a summary of each day with something new, at a time by the clock of a place (who manages the channel)',
    tags: ['channels'],
    params: ChannelParams,
    body: PostTargetDraft,
    response: { 201: PostTarget },
  },
})

export const deletePostTarget = endpoint({
  method: 'DELETE',
  url: '/api/channels/:channelId/posts/:targetId',
  access: 'admin',
  schema: {
    summary: 'Post there no more (who manages the channel)',
    tags: ['channels'],
    params: ChannelParams.extend({ targetId: z.uuid() }),
    response: { 204: Empty },
  },
})

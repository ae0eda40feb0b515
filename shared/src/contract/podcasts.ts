import * as z from 'zod'
import { ChannelName } from './channels.ts'
import { Empty, endpoint, IsoDate } from './endpoint.ts'

/** A feed for the podcast program of one person. */
export const PodcastFeed = z
  .object({
    id: z.uuid(),
    channel: ChannelName.nullable().describe('What it is of'),
    checkIn: z
      .object({ id: z.uuid(), name: z.string() })
      .nullable()
      .describe('The series that it is of; with neither: all that this person sees'),
    createdAt: IsoDate,
    readAt: IsoDate.nullable().describe('When a program fetched it last, to within a minute'),
  })
  .meta({ id: 'PodcastFeed' })
export type PodcastFeed = z.infer<typeof PodcastFeed>

export const listPodcastFeeds = endpoint({
  method: 'GET',
  url: '/api/me/podcasts',
  access: 'session',
  schema: {
    summary: 'Podcast feeds of this person in this workspace, newest first',
    tags: ['podcasts'],
    response: { 200: z.array(PodcastFeed) },
  },
})

export const createPodcastFeed = endpoint({
  method: 'POST',
  url: '/api/me/podcasts',
  access: 'session',
  schema: {
    summary: 'Make a private podcast feed; its address is shown this once',
    description:
      'Whoever has the address hears what its person may hear, until it is revoked or its person leaves. There is one a channel, one a check-in and one of all: another one takes its place.',
    tags: ['podcasts'],
    body: z
      .object({ channelId: z.uuid().nullable().default(null), checkInId: z.uuid().nullable().default(null) })
      .refine(({ channelId, checkInId }) => channelId === null || checkInId === null, 'must name one of both')
      .meta({ example: { channelId: null } }),
    response: { 201: PodcastFeed.extend({ url: z.url().describe('RSS 2.0') }) },
  },
})

export const revokePodcastFeed = endpoint({
  method: 'DELETE',
  url: '/api/me/podcasts/:feedId',
  access: 'session',
  schema: {
    summary: 'Revoke a feed: it and everything in it stop to answer at once',
    tags: ['podcasts'],
    params: z.object({ feedId: z.uuid() }),
    response: { 204: Empty },
  },
})

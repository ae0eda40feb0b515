import { createPodcastFeed, listPodcastFeeds, revokePodcastFeed } from '@meanwhile/shared/contract/podcasts'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { nameOf, requireVisibleChannel } from '../channels/access.ts'
import { requireVisibleCheckIn } from '../check-ins/access.ts'
import { requireViewer } from '../session.ts'
import { addFeed, feedsOf, revokeFeed } from './queries.ts'

/** Where a person makes and revokes their feeds; `file-routes.ts` has what programs fetch. */
export const podcastRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({ ...listPodcastFeeds, handler: (request) => feedsOf(app.db, requireViewer(request)) })

  app.route({
    ...createPodcastFeed,
    config: { rateLimit: { max: 60, timeWindow: '1 hour' } },
    handler: async (request, reply) => {
      const viewer = requireViewer(request)
      const { channelId, checkInId } = request.body
      const found = channelId ? await requireVisibleChannel(app.db, channelId, viewer) : null
      const checkIn = checkInId ? await requireVisibleCheckIn(app.db, checkInId, viewer) : null
      const series = { channel: found && nameOf(found), checkIn: checkIn && { id: checkIn.id, name: checkIn.name } }
      const { id, createdAt, token } = await addFeed(app.db, viewer, series, request.ip)
      const url = `${app.env.PUBLIC_URL}/podcast/${token}/feed.xml`
      return reply.code(201).send({ id, ...series, createdAt, readAt: null, url })
    },
  })

  app.route({
    ...revokePodcastFeed,
    handler: async (request, reply) => {
      const viewer = requireViewer(request)
      if (!(await revokeFeed(app.db, viewer, request.params.feedId, request.ip))) throw new ProblemError('not-found')
      return reply.code(204).send(null)
    },
  })
}

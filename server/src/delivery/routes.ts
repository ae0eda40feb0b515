import {
  changeDelivery as changeDeliveryEndpoint,
  listDeliveryMessages,
  readDelivery,
  readDeliveryTimes,
  readPlaceDelivery,
} from '@meanwhile/shared/contract/delivery'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireVisibleChannel } from '../channels/access.ts'
import { requirePeople } from '../comments/people.ts'
import { requirePerson, requireViewer } from '../session.ts'
import { requireVisibleUpdate } from '../updates/access.ts'
import { changeDelivery, deliveryOf, deliveryTimes, messagesTo, placeDelivery } from './queries.ts'

export const deliveryRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({ ...readDelivery, handler: (request) => deliveryOf(app.db, requirePerson(request).id, new Date()) })

  app.route({
    ...changeDeliveryEndpoint,
    config: { rateLimit: { max: 30, timeWindow: '1 minute' } },
    handler: async (request) => {
      const { id } = requirePerson(request)
      await changeDelivery(app.db, id, request.body, { allowPrivate: app.env.WEBHOOKS_PRIVATE_NETWORKS === 'allow' })
      return deliveryOf(app.db, id, new Date())
    },
  })

  app.route({
    ...readPlaceDelivery,
    config: { rateLimit: { max: 120, timeWindow: '1 minute' } },
    handler: async (request) => {
      const viewer = requireViewer(request)
      const { channelId } = request.query
      const channel = channelId ? await requireVisibleChannel(app.db, channelId, viewer) : null
      return placeDelivery(app.db, viewer, channel, new Date())
    },
  })

  app.route({ ...listDeliveryMessages, handler: (request) => messagesTo(app.db, requirePerson(request).id) })

  app.route({
    ...readDeliveryTimes,
    config: { rateLimit: { max: 120, timeWindow: '1 minute' } },
    handler: async (request) => {
      const viewer = requireViewer(request)
      const update = await requireVisibleUpdate(app.db, request.params.updateId, viewer)
      await requirePeople(app.db, update, viewer, request.query.people)
      return deliveryTimes(app.db, request.query.people, new Date())
    },
  })
}

import {
  addChannelMember,
  changeChannel,
  createChannel,
  listChannelMembers,
  listChannels,
  readChannel,
  removeChannelMember,
} from '@meanwhile/shared/contract/channels'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { decodeCursor } from '../cursor.ts'
import { requireViewer } from '../session.ts'
import { requireManagedChannel, requirePrivateChannel, requireVisibleChannel } from './access.ts'
import { addInsider, insidersOf, removeInsider } from './members.ts'
import { addChannel, channelFor, channelsFor, editChannel, NameCursor } from './queries.ts'

export const channelRoutes: FastifyPluginAsyncZod = async (app) => {
  const ofWriters = { rateLimit: { max: 120, timeWindow: '1 minute' } }
  const from = (cursor: string | undefined) => (cursor === undefined ? undefined : decodeCursor(cursor, NameCursor))

  app.route({
    ...listChannels,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const { cursor, ...page } = request.query
      return channelsFor(app.db, viewer, { ...page, cursor: from(cursor) })
    },
  })

  app.route({
    ...createChannel,
    config: ofWriters,
    handler: async (request, reply) => {
      const creator = requireViewer(request)
      const channelId = await addChannel(app.db, creator, request.body, request.ip)
      return reply.code(201).send(await channelFor(app.db, channelId, creator))
    },
  })

  app.route({
    ...readChannel,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const { id } = await requireVisibleChannel(app.db, request.params.channelId, viewer)
      return channelFor(app.db, id, viewer)
    },
  })

  app.route({
    ...changeChannel,
    config: ofWriters,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const channel = await requireManagedChannel(app.db, request.params.channelId, viewer)
      await editChannel(app.db, channel, request.body, { actor: viewer, from: request.ip })
      return channelFor(app.db, channel.id, viewer)
    },
  })

  app.route({
    ...listChannelMembers,
    handler: async (request) => {
      const channel = await requireVisibleChannel(app.db, request.params.channelId, requireViewer(request))
      const { cursor, limit } = request.query
      return insidersOf(app.db, channel, { limit, cursor: from(cursor) })
    },
  })

  app.route({
    ...addChannelMember,
    config: ofWriters,
    handler: async (request, reply) => {
      const actor = requireViewer(request)
      const channel = await requirePrivateChannel(app.db, request.params.channelId, actor)
      await addInsider(app.db, channel, request.params.userId, { actor, from: request.ip })
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...removeChannelMember,
    config: ofWriters,
    handler: async (request, reply) => {
      const actor = requireViewer(request)
      const channel = await requirePrivateChannel(app.db, request.params.channelId, actor)
      await removeInsider(app.db, channel, request.params.userId, { actor, from: request.ip })
      return reply.code(204).send(null)
    },
  })
}

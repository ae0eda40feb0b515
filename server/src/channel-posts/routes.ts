import * as endpoints from '@meanwhile/shared/contract/channel-posts'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { outboundFault } from '@meanwhile/shared/platform/outbound'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireManagedChannel } from '../channels/access.ts'
import { requireViewer } from '../session.ts'
import { addPostTarget, deletePostTarget, postTargetsOf } from './queries.ts'

export const channelPostRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({
    ...endpoints.listPostTargets,
    handler: async (request) => {
      const channel = await requireManagedChannel(app.db, request.params.channelId, requireViewer(request))
      return postTargetsOf(app.db, channel.id)
    },
  })

  app.route({
    ...endpoints.createPostTarget,
    config: { rateLimit: { max: 20, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      const channel = await requireManagedChannel(app.db, request.params.channelId, requireViewer(request))
      const fault = outboundFault(request.body.url, { allowPrivate: app.env.WEBHOOKS_PRIVATE_NETWORKS === 'allow' })
      if (fault) throw new ProblemError('invalid-request', undefined, { errors: [{ field: 'url', message: fault }] })
      return reply.code(201).send(await addPostTarget(app.db, channel.id, request.body))
    },
  })

  app.route({
    ...endpoints.deletePostTarget,
    handler: async (request, reply) => {
      const channel = await requireManagedChannel(app.db, request.params.channelId, requireViewer(request))
      await deletePostTarget(app.db, channel.id, request.params.targetId)
      return reply.code(204).send(null)
    },
  })
}

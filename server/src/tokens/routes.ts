import { createApiToken, listApiTokens, revokeApiToken } from '@meanwhile/shared/contract/api-tokens'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireViewer } from '../session.ts'
import { requireRecentPresence } from '../sessions/presence.ts'
import { addToken, revokeToken, tokensOf } from './queries.ts'

export const tokenRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({ ...listApiTokens, handler: (request) => tokensOf(app.db, requireViewer(request)) })

  app.route({
    ...createApiToken,
    config: { rateLimit: { max: 60, timeWindow: '1 hour' } },
    handler: async (request, reply) => {
      const viewer = requireViewer(request)
      const { password, ...draft } = request.body
      await requireRecentPresence(app, request, password)
      return reply.code(201).send(await addToken(app.db, viewer, draft, request.ip))
    },
  })

  app.route({
    ...revokeApiToken,
    handler: async (request, reply) => {
      const viewer = requireViewer(request)
      if (!(await revokeToken(app.db, viewer, request.params.tokenId, request.ip))) throw new ProblemError('not-found')
      return reply.code(204).send(null)
    },
  })
}

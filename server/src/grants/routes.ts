import {
  askForAccess as askForAccessEndpoint,
  declineAsk,
  grantAccess,
  listAccess,
  revokeAccess,
} from '@meanwhile/shared/contract/grants'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireViewer } from '../session.ts'
import { requireSharedUpdate } from '../share-links/access.ts'
import { askForAccess } from './ask.ts'
import { accessOf, decline, letIn, letInNoMore } from './queries.ts'

/** Who asks to be let in to an update, and who was. */
export const grantRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({
    ...askForAccessEndpoint,
    config: { rateLimit: { max: 20, timeWindow: '1 day' } },
    handler: async (request, reply) => {
      const asker = requireViewer(request)
      const { updateId } = request.params
      // What is there is looked up after the answer: neither it nor its time tells.
      setImmediate(() => {
        askForAccess(app, asker, updateId).catch((err) => request.log.error({ err }, 'somebody could not ask to be let in'))
      })
      return reply.code(202).send(null)
    },
  })

  app.route({
    ...listAccess,
    handler: async (request) => {
      const { id } = await requireSharedUpdate(app.db, request.params.updateId, requireViewer(request))
      return accessOf(app.db, id)
    },
  })

  app.route({
    ...grantAccess,
    handler: async (request) => {
      const actor = requireViewer(request)
      const update = await requireSharedUpdate(app.db, request.params.updateId, actor)
      await letIn(app.db, update, request.params.userId, { actor, from: request.ip })
      return accessOf(app.db, update.id)
    },
  })

  app.route({
    ...revokeAccess,
    handler: async (request) => {
      const actor = requireViewer(request)
      const update = await requireSharedUpdate(app.db, request.params.updateId, actor)
      await letInNoMore(app.db, update, request.params.userId, { actor, from: request.ip })
      return accessOf(app.db, update.id)
    },
  })

  app.route({
    ...declineAsk,
    handler: async (request) => {
      const update = await requireSharedUpdate(app.db, request.params.updateId, requireViewer(request))
      await decline(app.db, update, request.params.userId)
      return accessOf(app.db, update.id)
    },
  })
}

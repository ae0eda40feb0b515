import { ProblemError } from '@meanwhile/shared/contract/problem'
import {
  changeShareLink as changeShareLinkEndpoint,
  createShareLink,
  listShareLinks,
  revokeShareLink as revokeShareLinkEndpoint,
} from '@meanwhile/shared/contract/share-links'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireViewer } from '../session.ts'
import { requireOwnUpdate } from '../updates/access.ts'
import { requireOwnLink, requireRevocableLink, requireSharedUpdate } from './access.ts'
import { addShareLink, changeShareLink, revokeShareLink, shareLink, shareLinksOf } from './queries.ts'

/** Share links as those see them who give them out. */
export const shareLinkRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({
    ...listShareLinks,
    handler: async (request) => {
      const { id } = await requireSharedUpdate(app.db, request.params.updateId, requireViewer(request))
      return shareLinksOf(app.db, app.env, id)
    },
  })

  app.route({
    ...createShareLink,
    config: { rateLimit: { max: 60, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      const author = requireViewer(request)
      const update = await requireOwnUpdate(app.db, request.params.updateId, author)
      if (!update.publishedAt) throw new ProblemError('not-published')
      const linkId = await addShareLink(app.db, update, author, request.body)
      return reply.code(201).send(await shareLink(app.db, app.env, linkId))
    },
  })

  app.route({
    ...changeShareLinkEndpoint,
    config: { rateLimit: { max: 120, timeWindow: '1 minute' } },
    handler: async (request) => {
      const found = await requireOwnLink(app.db, request.params.linkId, requireViewer(request))
      await changeShareLink(app.db, found, request.body)
      return shareLink(app.db, app.env, found.link.id)
    },
  })

  app.route({
    ...revokeShareLinkEndpoint,
    handler: async (request, reply) => {
      await revokeShareLink(app.db, await requireRevocableLink(app.db, request.params.linkId, requireViewer(request)))
      return reply.code(204).send(null)
    },
  })
}

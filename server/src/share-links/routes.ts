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
import { refuseApart } from '../updates/apart.ts'
import { requireOwnLink, requireRevocableLink, requireSharedUpdate } from './access.ts'
import { requireProvable } from './domains.ts'
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
      refuseApart(update, 'No link leads to it.')
      requireProvable(app.mails, request.body.emailDomains)
      if (!update.publishedAt) throw new ProblemError('not-published')
      const linkId = await addShareLink(app.db, update, request.body, { actor: author, from: request.ip })
      return reply.code(201).send(await shareLink(app.db, app.env, linkId))
    },
  })

  app.route({
    ...changeShareLinkEndpoint,
    config: { rateLimit: { max: 120, timeWindow: '1 minute' } },
    handler: async (request) => {
      const actor = requireViewer(request)
      const found = await requireOwnLink(app.db, request.params.linkId, actor)
      // What a link has already it may keep, also where nobody can prove anything any more.
      const { emailDomains = [] } = request.body
      requireProvable(
        app.mails,
        emailDomains.filter((domain) => !found.link.emailDomains.includes(domain)),
      )
      await changeShareLink(app.db, found, request.body, { actor, from: request.ip })
      return shareLink(app.db, app.env, found.link.id)
    },
  })

  app.route({
    ...revokeShareLinkEndpoint,
    handler: async (request, reply) => {
      const actor = requireViewer(request)
      const found = await requireRevocableLink(app.db, request.params.linkId, actor)
      await revokeShareLink(app.db, found, { actor, from: request.ip })
      return reply.code(204).send(null)
    },
  })
}

import { comeByOpenLink, readOpenLink, readOpenPage, revokeOpenLink, saveOpenLink } from '@meanwhile/shared/contract/open-links'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { networkOf } from '../auth/network-of.ts'
import { requireOpenPosition, requireOwnedPosition } from '../positions/access.ts'
import { requireViewer } from '../session.ts'
import { come, openPageFor } from './come.ts'
import { endOpenLink, keepOpenLink, openLinkOf } from './links.ts'

/** The link for an advert: its owners make it, and whoever has it becomes a candidate. */
export const openLinkRoutes: FastifyPluginAsyncZod = async (app) => {
  const ofWriters = { rateLimit: { max: 120, timeWindow: '1 minute' } }
  const keyGenerator = ({ ip }: FastifyRequest) => networkOf(ip)
  /** Of one network: a household or an office, not a program. */
  const ofReaders = { rateLimit: { max: 60, timeWindow: '1 minute', keyGenerator } }
  const ofComers = { rateLimit: { max: 40, timeWindow: '1 hour', keyGenerator } }
  const by = (request: FastifyRequest) => ({ actor: requireViewer(request), from: request.ip })

  app.route({
    ...readOpenLink,
    handler: async (request) => {
      const position = await requireOwnedPosition(app.db, request.params.positionId, requireViewer(request))
      return { link: await openLinkOf(app.db, position.id, app.env) }
    },
  })

  app.route({
    ...saveOpenLink,
    config: ofWriters,
    handler: async (request) => {
      const position = await requireOpenPosition(app.db, request.params.positionId, requireViewer(request))
      await keepOpenLink(app.db, position, request.body, by(request))
      return { link: await openLinkOf(app.db, position.id, app.env) }
    },
  })

  app.route({
    ...revokeOpenLink,
    config: ofWriters,
    handler: async (request, reply) => {
      const position = await requireOwnedPosition(app.db, request.params.positionId, requireViewer(request))
      await endOpenLink(app.db, position, by(request))
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...readOpenPage,
    config: ofReaders,
    handler: (request) => openPageFor(app, request.params.token, new Date()),
  })

  app.route({
    ...comeByOpenLink,
    config: ofComers,
    handler: async (request, reply) => {
      const { url, mailIds } = await come(app, request.params.token, request.body)
      app.mails.offer(mailIds)
      return reply.code(201).send({ url })
    },
  })
}

import { eraseMe, eraseMember, listErasures } from '@meanwhile/shared/contract/erasures'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireAdmin, requirePerson } from '../session.ts'
import { requirePresence } from '../sessions/presence.ts'
import { eraseMemberAccount, eraseOwnAccount, erasuresOf } from './queries.ts'

export const erasureRoutes: FastifyPluginAsyncZod = async (app) => {
  const config = { rateLimit: { max: 10, timeWindow: '1 minute' } }

  app.route({
    ...eraseMe,
    config,
    handler: async (request, reply) => {
      const person = requirePerson(request)
      await requirePresence(app, request, request.body.password)
      await eraseOwnAccount(app.db, person)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...eraseMember,
    config,
    handler: async (request, reply) => {
      const admin = requireAdmin(request)
      await requirePresence(app, request, request.body.password)
      return reply.code(201).send(await eraseMemberAccount(app.db, admin, request.params.userId, request.ip))
    },
  })

  app.route({ ...listErasures, handler: (request) => erasuresOf(app.db, requireAdmin(request).workspace.id) })
}

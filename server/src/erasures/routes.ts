import { eraseMe, eraseMember, listErasures } from '@meanwhile/shared/contract/erasures'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireAdmin, requirePerson } from '../session.ts'
import { requirePresence } from '../sessions/presence.ts'
import { deletePictures } from '../videos/after-commit.ts'
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
      deletePictures(app, person.id)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...eraseMember,
    config,
    handler: async (request, reply) => {
      const admin = requireAdmin(request)
      await requirePresence(app, request, request.body.password)
      const { userId } = request.params
      const erasure = await eraseMemberAccount(app.db, admin, userId, request.ip)
      deletePictures(app, userId)
      return reply.code(201).send(erasure)
    },
  })

  app.route({ ...listErasures, handler: (request) => erasuresOf(app.db, requireAdmin(request).workspace.id) })
}

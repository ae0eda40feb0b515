import { changeMember, createPasswordReset, removeMember as removeMemberEndpoint } from '@meanwhile/shared/contract/members'
import { transferOwnership as transferOwnershipEndpoint } from '@meanwhile/shared/contract/workspaces'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireAdmin, requireOwner, requireViewer } from '../session.ts'
import { requirePresence } from '../sessions/presence.ts'
import { changeRole, removeMember, transferOwnership } from './change-members.ts'
import { addPasswordReset } from './password-reset.ts'

export const memberRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({
    ...changeMember,
    handler: (request) => changeRole(app.db, requireAdmin(request), request.params.userId, request.body.role, request.ip),
  })

  app.route({
    ...removeMemberEndpoint,
    handler: async (request, reply) => {
      const { userId } = request.params
      // Everybody may leave.
      const actor = requireViewer(request).id === userId ? requireViewer(request) : requireAdmin(request)
      await removeMember(app.db, actor, userId, request.ip)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...createPasswordReset,
    config: { rateLimit: { max: 30, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      const { token, expiresAt } = await addPasswordReset(app.db, requireAdmin(request), request.params.userId, request.ip)
      return reply.code(201).send({ url: `${app.env.PUBLIC_URL}/reset/${token}`, expiresAt })
    },
  })

  app.route({
    ...transferOwnershipEndpoint,
    config: { rateLimit: { max: 10, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      const owner = requireOwner(request)
      await requirePresence(app, request, request.body.password)
      await transferOwnership(app.db, owner, request.body.userId, request.ip)
      return reply.code(204).send(null)
    },
  })
}

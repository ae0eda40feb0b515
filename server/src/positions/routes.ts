import {
  changePosition,
  createPosition,
  leavePosition,
  listPositions,
  readPosition,
  setPositionRole,
} from '@meanwhile/shared/contract/positions'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireViewer } from '../session.ts'
import { requireOwnedPosition, requireVisiblePosition } from './access.ts'
import { addPosition, editPosition, giveRole, takeOut } from './change-position.ts'
import { positionFor, positionsFor } from './queries.ts'

export const positionRoutes: FastifyPluginAsyncZod = async (app) => {
  const ofWriters = { rateLimit: { max: 120, timeWindow: '1 minute' } }
  const by = (request: FastifyRequest) => ({ actor: requireViewer(request), from: request.ip })

  app.route({ ...listPositions, handler: async (request) => ({ items: await positionsFor(app.db, requireViewer(request)) }) })

  app.route({
    ...createPosition,
    config: ofWriters,
    handler: async (request, reply) => {
      const positionId = await addPosition(app.db, by(request), request.body)
      return reply.code(201).send(await positionFor(app.db, positionId, requireViewer(request)))
    },
  })

  app.route({
    ...readPosition,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const { position } = await requireVisiblePosition(app.db, request.params.positionId, viewer)
      return positionFor(app.db, position.id, viewer)
    },
  })

  app.route({
    ...changePosition,
    config: ofWriters,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const position = await requireOwnedPosition(app.db, request.params.positionId, viewer)
      await editPosition(app.db, position, by(request), request.body)
      return positionFor(app.db, position.id, viewer)
    },
  })

  app.route({
    ...setPositionRole,
    config: ofWriters,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const { positionId, userId } = request.params
      const position = await requireOwnedPosition(app.db, positionId, viewer)
      await giveRole(app.db, position, by(request), userId, request.body.role)
      return positionFor(app.db, position.id, viewer)
    },
  })

  app.route({
    ...leavePosition,
    config: ofWriters,
    handler: async (request, reply) => {
      const { positionId, userId } = request.params
      await takeOut(app.db, positionId, by(request), userId)
      return reply.code(204).send(null)
    },
  })
}

import { addToReel, changeReel, createReel, deleteReel, listReels, removeFromReel } from '@meanwhile/shared/contract/reels'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { parseCursor } from '../cursor.ts'
import { requireViewer } from '../session.ts'
import { requireChangeableReel } from './access.ts'
import { addItem, addReel, editReel, reelListFor, reelListsFor, removeItem, removeReel } from './queries.ts'

/** Reels that people put together. */
export const reelListRoutes: FastifyPluginAsyncZod = async (app) => {
  const config = { rateLimit: { max: 120, timeWindow: '1 minute' } }

  app.route({
    ...listReels,
    handler: async (request) => {
      const { limit, cursor } = request.query
      return reelListsFor(app.db, requireViewer(request), {
        limit,
        cursor: cursor === undefined ? undefined : parseCursor(cursor),
      })
    },
  })

  app.route({
    ...createReel,
    config,
    handler: async (request, reply) => {
      const author = requireViewer(request)
      const reelId = await addReel(app.db, author, request.body)
      return reply.code(201).send(await reelListFor(app.db, reelId, author))
    },
  })

  app.route({
    ...changeReel,
    config,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const reel = await requireChangeableReel(app.db, request.params.reelId, viewer)
      await editReel(app.db, reel, request.body)
      return reelListFor(app.db, reel.id, viewer)
    },
  })

  app.route({
    ...deleteReel,
    handler: async (request, reply) => {
      const reel = await requireChangeableReel(app.db, request.params.reelId, requireViewer(request))
      await removeReel(app.db, reel)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...addToReel,
    config,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const reel = await requireChangeableReel(app.db, request.params.reelId, viewer)
      await addItem(app.db, reel, request.params.updateId, viewer)
      return reelListFor(app.db, reel.id, viewer)
    },
  })

  app.route({
    ...removeFromReel,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const reel = await requireChangeableReel(app.db, request.params.reelId, viewer)
      await removeItem(app.db, reel, request.params.updateId)
      return reelListFor(app.db, reel.id, viewer)
    },
  })
}

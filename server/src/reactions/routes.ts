import {
  addCommentReaction,
  addReaction,
  listReactions,
  removeCommentReaction,
  removeReaction,
} from '@meanwhile/shared/contract/reactions'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireReadableComment } from '../comments/access.ts'
import { requireWriter } from '../comments/guests.ts'
import { requireReader } from '../session.ts'
import { keepGuest } from '../share-links/guests.ts'
import { requireVisibleUpdate } from '../updates/access.ts'
import { addTo, addToComment, reactionsTo, reactionsToComment, removeFrom, removeFromComment } from './queries.ts'

/** Answers of one press. Nobody is notified of them. */
export const reactionRoutes: FastifyPluginAsyncZod = async (app) => {
  const ofFans = { rateLimit: { max: 240, timeWindow: '1 minute' } }

  app.route({
    ...addCommentReaction,
    config: ofFans,
    handler: async (request) => {
      const viewer = requireReader(request)
      const found = await requireReadableComment(app.db, request.params.commentId, viewer)
      requireWriter(viewer)
      await keepGuest(app.db, viewer)
      await addToComment(app.db, found, viewer, request.params.emoji)
      return reactionsToComment(app.db, found.comment.id, viewer)
    },
  })

  app.route({
    ...removeCommentReaction,
    config: ofFans,
    handler: async (request) => {
      const viewer = requireReader(request)
      const found = await requireReadableComment(app.db, request.params.commentId, viewer)
      await removeFromComment(app.db, found, viewer, request.params.emoji)
      return reactionsToComment(app.db, found.comment.id, viewer)
    },
  })

  app.route({
    ...listReactions,
    handler: async (request) => {
      const viewer = requireReader(request)
      const update = await requireVisibleUpdate(app.db, request.params.updateId, viewer)
      return reactionsTo(app.db, update.id, viewer)
    },
  })

  app.route({
    ...addReaction,
    config: ofFans,
    handler: async (request) => {
      const viewer = requireReader(request)
      const update = await requireVisibleUpdate(app.db, request.params.updateId, viewer)
      requireWriter(viewer)
      await keepGuest(app.db, viewer)
      await addTo(app.db, update, viewer, { emoji: request.params.emoji, ...request.body })
      return reactionsTo(app.db, update.id, viewer)
    },
  })

  app.route({
    ...removeReaction,
    config: ofFans,
    handler: async (request) => {
      const viewer = requireReader(request)
      const update = await requireVisibleUpdate(app.db, request.params.updateId, viewer)
      await removeFrom(app.db, update, viewer, { emoji: request.params.emoji, ...request.query })
      return reactionsTo(app.db, update.id, viewer)
    },
  })
}

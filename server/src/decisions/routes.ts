import { openDecision as openDecisionEndpoint, readDecision, vote } from '@meanwhile/shared/contract/decisions'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { findComment } from '../comments/list-comments.ts'
import { urlsFor } from '../media/urls.ts'
import { requireViewer } from '../session.ts'
import { requireDecidableUpdate, requireReadableDecision } from './access.ts'
import { decisionFor } from './decision-view.ts'
import { openDecision } from './open-decision.ts'
import { addVote } from './vote.ts'

export const decisionRoutes: FastifyPluginAsyncZod = async (app) => {
  const ofWriters = { rateLimit: { max: 120, timeWindow: '1 minute' } }

  app.route({
    ...openDecisionEndpoint,
    config: ofWriters,
    handler: async (request, reply) => {
      const viewer = requireViewer(request)
      const update = await requireDecidableUpdate(app.db, request.params.updateId, viewer)
      const { isNew, commentId } = await openDecision(app.db, update, viewer, request.body)
      const showing = { viewer, urls: urlsFor(app.env.MEDIA_SECRET, viewer) }
      const comment = await findComment(app.db, commentId, showing, { evenGone: true })
      if (!comment) throw new ProblemError('not-found')
      return reply.code(isNew ? 201 : 200).send(comment)
    },
  })

  app.route({
    ...readDecision,
    handler: async (request) => {
      const viewer = requireViewer(request)
      return decisionFor(app.db, await requireReadableDecision(app.db, request.params.decisionId, viewer), viewer)
    },
  })

  app.route({
    ...vote,
    config: ofWriters,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const found = await requireReadableDecision(app.db, request.params.decisionId, viewer)
      await addVote(app.db, found, viewer, request.body)
      return decisionFor(app.db, found, viewer)
    },
  })
}

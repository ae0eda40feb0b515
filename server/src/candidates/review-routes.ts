import {
  compareCandidates,
  decideCandidate,
  listPositionAnswers,
  readReview,
  saveScorecard,
} from '@meanwhile/shared/contract/scorecards'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireOwnedInvitation, requireVisibleInvitation, requireVisiblePosition } from '../positions/access.ts'
import { requireViewer } from '../session.ts'
import { answersOf, comparisonFor, decide, reviewFor, saveCard } from './review.ts'

/** What the team makes of candidates: scorecards that are sealed at first, and decisions. */
export const reviewRoutes: FastifyPluginAsyncZod = async (app) => {
  const ofWriters = { rateLimit: { max: 240, timeWindow: '1 minute' } }

  app.route({
    ...readReview,
    handler: async (request) => {
      const viewer = requireViewer(request)
      return reviewFor(app.db, await requireVisibleInvitation(app.db, request.params.candidateId, viewer), viewer)
    },
  })

  app.route({
    ...saveScorecard,
    config: ofWriters,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const seen = await requireVisibleInvitation(app.db, request.params.candidateId, viewer)
      await saveCard(app.db, seen, viewer, request.body)
      return reviewFor(app.db, seen, viewer)
    },
  })

  app.route({
    ...decideCandidate,
    config: ofWriters,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const seen = await requireOwnedInvitation(app.db, request.params.candidateId, viewer)
      await decide(app.db, seen.invitation, request.body, { actor: viewer, from: request.ip })
      return reviewFor(app.db, seen, viewer)
    },
  })

  app.route({
    ...listPositionAnswers,
    handler: async (request) => {
      const { position } = await requireVisiblePosition(app.db, request.params.positionId, requireViewer(request))
      return { items: await answersOf(app.db, position.id) }
    },
  })

  app.route({
    ...compareCandidates,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const { position, role } = await requireVisiblePosition(app.db, request.params.positionId, viewer)
      return { items: await comparisonFor(app.db, position, role, viewer) }
    },
  })
}

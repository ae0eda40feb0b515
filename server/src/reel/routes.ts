import { catchUpWithRound, readReel } from '@meanwhile/shared/contract/reel'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireVisibleRound } from '../check-ins/access.ts'
import { urlsFor } from '../media/urls.ts'
import { requireViewer } from '../session.ts'
import { reelFor } from './reel-for.ts'
import { caughtUpIn, markCaughtUp } from './rounds.ts'

export const reelRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({
    ...readReel,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const showing = { viewer, urls: urlsFor(app.env.MEDIA_SECRET, viewer), publicUrl: app.env.PUBLIC_URL }
      return reelFor(app.db, showing, request.query)
    },
  })

  app.route({
    ...catchUpWithRound,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const seen = await requireVisibleRound(app.db, request.params.roundId, viewer)
      await markCaughtUp(app.db, seen, viewer.id)
      return caughtUpIn(app.db, seen.round.id)
    },
  })
}

import { leavePairing, listPairings, readPairing } from '@meanwhile/shared/contract/pairings'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { withdrawFromPairings } from '@meanwhile/shared/db/settle-pairing'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { urlsFor } from '../media/urls.ts'
import { requireViewer } from '../session.ts'
import { requireVisiblePairing } from './access.ts'
import { pairingFor, pairingsOf } from './queries.ts'

export const pairingRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({ ...listPairings, handler: async (request) => ({ items: await pairingsOf(app.db, requireViewer(request)) }) })

  app.route({
    ...readPairing,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const { pairing } = await requireVisiblePairing(app.db, request.params.pairingId, viewer)
      const showing = { viewer, urls: urlsFor(app.env.MEDIA_SECRET, viewer), publicUrl: app.env.PUBLIC_URL }
      const told = await pairingFor(app.db, pairing, showing, new Date())
      if (!told) throw new ProblemError('not-found')
      return told
    },
  })

  app.route({
    ...leavePairing,
    handler: async (request, reply) => {
      const viewer = requireViewer(request)
      const { pairing } = await requireVisiblePairing(app.db, request.params.pairingId, viewer)
      const left = await app.db.transaction((tx) => withdrawFromPairings(tx, viewer.id, new Date(), pairing.id))
      if (left === 0) throw new ProblemError('pairing-over')
      return reply.code(204).send(null)
    },
  })
}

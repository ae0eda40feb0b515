import { chooseCall, readCallOffer, unchooseCall } from '@meanwhile/shared/contract/calls'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { urlsFor } from '../media/urls.ts'
import { requireViewer } from '../session.ts'
import { requireOwnUpdate } from './access.ts'
import { callOfferFor, setCall } from './calls.ts'
import { updateFor } from './queries.ts'

/** Where talking serves better than an update. */
export const callRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({
    ...readCallOffer,
    handler: async (request) => {
      const update = await requireOwnUpdate(app.db, request.params.updateId, requireViewer(request))
      return callOfferFor(app.db, update, new Date())
    },
  })

  async function choose(request: FastifyRequest, updateId: string, isChosen: boolean) {
    const viewer = requireViewer(request)
    const update = await requireOwnUpdate(app.db, updateId, viewer)
    await setCall(app.db, update, isChosen)
    return updateFor(app.db, updateId, { viewer, urls: urlsFor(app.env.MEDIA_SECRET, viewer), publicUrl: app.env.PUBLIC_URL })
  }
  app.route({ ...chooseCall, handler: (request) => choose(request, request.params.updateId, true) })
  app.route({ ...unchooseCall, handler: (request) => choose(request, request.params.updateId, false) })
}

import { listWaitingCandidates } from '@meanwhile/shared/contract/waiting-candidates'
import { listWaitingDecisions } from '@meanwhile/shared/contract/waiting-decisions'
import { listWaitingRounds } from '@meanwhile/shared/contract/waiting-rounds'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireViewer } from '../session.ts'
import { waitingCandidatesOf } from './waiting-candidates.ts'
import { waitingDecisionsOf } from './waiting-decisions.ts'
import { waitingRoundsOf } from './waiting-rounds.ts'

export const inboxRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({
    ...listWaitingRounds,
    handler: async (request) => ({ items: await waitingRoundsOf(app.db, requireViewer(request), new Date()) }),
  })

  app.route({
    ...listWaitingCandidates,
    handler: async (request) => ({ items: await waitingCandidatesOf(app.db, requireViewer(request), new Date()) }),
  })

  app.route({
    ...listWaitingDecisions,
    handler: async (request) => ({ items: await waitingDecisionsOf(app.db, requireViewer(request)) }),
  })
}

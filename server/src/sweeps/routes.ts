import { listSweeps } from '@meanwhile/shared/contract/sweeps'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireAdmin } from '../session.ts'
import { lastSweeps } from './queries.ts'

export const sweepRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({ ...listSweeps, handler: (request) => lastSweeps(app.db, requireAdmin(request).workspace.id) })
}

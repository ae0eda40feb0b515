import { eraseUpdate, listTrash, restoreUpdate } from '@meanwhile/shared/contract/trash'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireViewer } from '../session.ts'
import { deleteMedia } from '../videos/after-commit.ts'
import { eraseFromTrash, restoreFromTrash, trashFor } from './queries.ts'

export const trashRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({
    ...listTrash,
    handler: (request) => trashFor(app.db, requireViewer(request), { ...request.query, days: app.env.TRASH_DAYS }),
  })

  app.route({
    ...restoreUpdate,
    handler: async (request, reply) => {
      await restoreFromTrash(app.db, request.params.updateId, requireViewer(request), request.ip)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...eraseUpdate,
    handler: async (request, reply) => {
      deleteMedia(app, await eraseFromTrash(app.db, request.params.updateId, requireViewer(request), request.ip))
      return reply.code(204).send(null)
    },
  })
}

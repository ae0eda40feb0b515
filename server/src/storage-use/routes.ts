import { readStorageUse } from '@meanwhile/shared/contract/storage-use'
import { allowedBytes, storedBytes } from '@meanwhile/shared/db/storage-use'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireViewer } from '../session.ts'

export const storageUseRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({
    ...readStorageUse,
    handler: async (request) => {
      const viewer = requireViewer(request)
      const used = await storedBytes(app.db, viewer)
      const allowed = allowedBytes(app.env)
      const use = (of: 'own' | 'workspace') => ({ usedBytes: used[of], allowedBytes: allowed[of] })
      return { own: use('own'), workspace: viewer.role === 'member' ? null : use('workspace') }
    },
  })
}

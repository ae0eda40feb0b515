import { listMails } from '@meanwhile/shared/contract/mails'
import { mailServerOf } from '@meanwhile/shared/platform/mail'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { parseCursor } from '../cursor.ts'
import { requireAdmin } from '../session.ts'
import { mailsOf } from './queries.ts'

export const mailRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({
    ...listMails,
    handler: async (request) => {
      const { workspace } = requireAdmin(request)
      const { limit, cursor } = request.query
      const page = await mailsOf(app.db, workspace.id, { limit, cursor: cursor === undefined ? undefined : parseCursor(cursor) })
      return { ...page, from: mailServerOf(app.env)?.from.address ?? null }
    },
  })
}

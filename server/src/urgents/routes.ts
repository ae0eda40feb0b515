import { judgeUrgent, readUrgentContacts, readUrgentLedger, sendUrgent } from '@meanwhile/shared/contract/urgents'
import { mailSiteOf } from '@meanwhile/shared/platform/mail-site'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireOwnComment, requireVisibleComment } from '../comments/access.ts'
import { requireViewer } from '../session.ts'
import { requireVisibleUpdate } from '../updates/access.ts'
import { judge, ledgerOf, passWindows, urgentContacts } from './queries.ts'

export const urgentRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({
    ...readUrgentContacts,
    handler: async (request) => {
      const update = await requireVisibleUpdate(app.db, request.params.updateId, requireViewer(request))
      return update.seesPlace ? urgentContacts(app.db, update.workspaceId) : []
    },
  })

  app.route({
    ...sendUrgent,
    config: { rateLimit: { max: 20, timeWindow: '1 minute' } },
    handler: async (request) => {
      const asker = requireViewer(request)
      const found = await requireOwnComment(app.db, request.params.commentId, asker)
      const { mailIds, ...told } = await passWindows(app.db, mailSiteOf(app.env), found, asker, request.body.reason)
      app.mails.offer(mailIds)
      return told
    },
  })

  app.route({
    ...judgeUrgent,
    handler: async (request, reply) => {
      const viewer = requireViewer(request)
      const { comment } = await requireVisibleComment(app.db, request.params.commentId, viewer)
      await judge(app.db, comment.id, viewer.id)
      return reply.code(204).send(null)
    },
  })

  app.route({ ...readUrgentLedger, handler: (request) => ledgerOf(app.db, requireViewer(request).workspace.id) })
}

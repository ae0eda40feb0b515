import { Readable } from 'node:stream'
import { listAuditEvents } from '@meanwhile/shared/contract/audit'
import { securityOf } from '@meanwhile/shared/contract/endpoint'
import { Problem } from '@meanwhile/shared/contract/problem'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { parseCursor } from '../cursor.ts'
import { requireAdmin } from '../session.ts'
import { csvHead, csvLine } from './csv.ts'
import { auditEventsOf } from './queries.ts'

/** It is streamed: what goes out is text, what is sent is where it comes from. */
const csvText = z.any().meta({ type: 'string' })

/** As many as are read at once. */
const batch = 500

export const auditRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({
    ...listAuditEvents,
    handler: (request) => {
      const { limit, cursor } = request.query
      const { workspace } = requireAdmin(request)
      return auditEventsOf(app.db, workspace.id, { limit, cursor: cursor === undefined ? undefined : parseCursor(cursor) })
    },
  })

  /** All of it, page after page, so that it is never held whole. */
  async function* linesOf(workspaceId: string) {
    yield csvHead
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = await auditEventsOf(app.db, workspaceId, { limit: batch, cursor: cursor ? parseCursor(cursor) : undefined })
      if (page.items.length > 0) yield page.items.map(csvLine).join('')
      cursor = page.nextCursor
    }
  }

  app.get('/api/audit-events.csv', {
    schema: {
      summary: 'All of what was done in the workspace as CSV, newest first (owner and admins)',
      tags: ['audit'],
      security: securityOf('admin'),
      produces: ['text/csv'],
      response: { 200: { content: { 'text/csv': { schema: csvText } } }, '4xx': Problem },
    },
    config: { rateLimit: { max: 10, timeWindow: '1 minute' } },
    handler: (request, reply) => {
      const { workspace } = requireAdmin(request)
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="audit-log.csv"')
        .send(Readable.from(linesOf(workspace.id)))
    },
  })
}

import { Readable } from 'node:stream'
import { ChannelParams } from '@meanwhile/shared/contract/channels'
import { listChannelDecisions, listDecisions } from '@meanwhile/shared/contract/decisions'
import { securityOf } from '@meanwhile/shared/contract/endpoint'
import { Problem } from '@meanwhile/shared/contract/problem'
import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { requireVisibleChannel } from '../channels/access.ts'
import { requireViewer, type Viewer } from '../session.ts'
import { decisionsIn, type LogPlace, logLines } from './log-queries.ts'

/** It is streamed: what goes out is text, what is sent is where it comes from. */
const lines = z.any().meta({ type: 'string' })

/** How to check one is in ARCHITECTURE.md, and in `shared/src/decisions/log-hash.ts`. */
const exported = (of: string) => ({
  summary: `All decisions of ${of} as JSON lines (each as LoggedDecision without its last two fields), oldest first, for whoever checks the hashes`,
  tags: ['decisions'],
  security: securityOf('read'),
  produces: ['application/jsonl'],
  response: { 200: { content: { 'application/jsonl': { schema: lines } } }, '4xx': Problem },
})

export const decisionLogRoutes: FastifyPluginAsyncZod = async (app) => {
  const ofExports = { rateLimit: { max: 60, timeWindow: '1 minute' } }
  const ofWorkspace = ({ workspace }: Viewer): LogPlace => ({ workspaceId: workspace.id, channelId: null })
  const ofChannel = async (channelId: string, viewer: Viewer): Promise<LogPlace> => {
    const channel = await requireVisibleChannel(app.db, channelId, viewer)
    return { workspaceId: viewer.workspace.id, channelId: channel.id }
  }
  const send = (reply: FastifyReply, place: LogPlace) =>
    reply
      .header('content-type', 'application/jsonl; charset=utf-8')
      .header('content-disposition', 'attachment; filename="decisions.jsonl"')
      .send(Readable.from(logLines(app.db, place)))

  app.route({
    ...listDecisions,
    handler: async (request) => {
      const viewer = requireViewer(request)
      return decisionsIn(app.db, ofWorkspace(viewer), viewer, request.query)
    },
  })

  app.route({
    ...listChannelDecisions,
    handler: async (request) => {
      const viewer = requireViewer(request)
      return decisionsIn(app.db, await ofChannel(request.params.channelId, viewer), viewer, request.query)
    },
  })

  app.get('/api/decisions/export', {
    schema: exported('the place of the whole workspace'),
    config: ofExports,
    handler: async (request, reply) => send(reply, ofWorkspace(requireViewer(request))),
  })

  app.get('/api/channels/:channelId/decisions/export', {
    schema: { ...exported('a channel'), params: ChannelParams },
    config: ofExports,
    handler: async (request, reply) => send(reply, await ofChannel(request.params.channelId, requireViewer(request))),
  })
}

import { LiveEvent } from '@meanwhile/shared/contract/events'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { authHeaders } from '../auth/relay.ts'
import { requireViewer } from '../session.ts'

const maxStreams = 20
/** Often enough for proxies to keep the connection, and for a session that has ended to be noticed. */
const beatMs = 30_000

export const eventRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get('/api/events', {
    schema: {
      summary: 'What changes, as server-sent events',
      description: 'The name of an event is its `type`, its data a `LiveEvent`. After a reconnect read again what you show.',
      tags: ['events'],
      produces: ['text/event-stream'],
      response: { 200: { content: { 'text/event-stream': { schema: LiveEvent } } } },
    },
    handler: (request, reply) => {
      const viewer = requireViewer(request)
      if (app.hub.countOf(viewer.id) >= maxStreams) throw new ProblemError('too-many-requests', 'Close some of the open tabs.')
      reply.hijack()
      const stream = reply.raw
      for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) stream.setHeader(name, value)
      stream.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
        connection: 'close',
      })
      stream.write('retry: 2000\n\n')

      const end = () => stream.end()
      const remove = app.hub.add({
        viewer,
        end,
        send: (event) => stream.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
      })
      const beat = setInterval(async () => {
        const session = await app.auth.api.getSession({ headers: authHeaders(request) }).catch(() => undefined)
        if (session === null) end()
        else stream.write(': still here\n\n')
      }, beatMs)
      stream.on('close', () => {
        clearInterval(beat)
        remove()
      })
    },
  })
}

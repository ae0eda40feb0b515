import { LiveEvent, StreamStart } from '@meanwhile/shared/contract/events'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { whoAsks } from '../auth/who-asks.ts'
import { requireViewer } from '../session.ts'
import { openStream } from './stream.ts'

const maxStreams = 20
/** Often enough for proxies to keep the connection, and for a session that has ended to be noticed. */
const beatMs = 30_000

/** Up to where somebody heard: null when they say nothing, undefined when it is no position at all. */
function positionIn({ headers }: FastifyRequest, query: string | undefined): number | null | undefined {
  const given = headers['last-event-id'] ?? query
  if (given === undefined || given === '') return null
  return /^\d{1,15}$/.test(String(given)) ? Number(given) : undefined
}

function streamOf(reply: FastifyReply) {
  reply.hijack()
  const stream = reply.raw
  for (const [name, value] of Object.entries(reply.getHeaders())) if (value !== undefined) stream.setHeader(name, value)
  stream.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    connection: 'close',
  })
  return stream
}

export const eventRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get('/api/events', {
    schema: {
      summary: 'What changes, as server-sent events',
      description:
        'The name of an event is its `type`, its data a `LiveEvent`; the first is `start` with a `StreamStart`. A stream that is interrupted ' +
        'goes on without a gap when the id of the last event comes as the header `Last-Event-ID` or as `after`. Events are kept for a day: ' +
        'when `start` says `missed`, read again what you show.',
      tags: ['events'],
      produces: ['text/event-stream'],
      querystring: z.object({ after: z.string().max(40).optional().describe('The id of the last event that was heard') }),
      response: { 200: { content: { 'text/event-stream': { schema: z.union([LiveEvent, StreamStart]) } } } },
    },
    handler: (request, reply) => {
      const viewer = requireViewer(request)
      if (app.hub.countOf(viewer.id) >= maxStreams) throw new ProblemError('too-many-requests', 'Close some of the open tabs.')
      const out = streamOf(reply)
      const stream = openStream(app, out, viewer, positionIn(request, request.query.after))

      const look = async () => {
        try {
          const { viewer: now } = await whoAsks(app, request)
          if (!now || now.workspace.id !== viewer.workspace.id) return stream.end()
          stream.setViewer(now)
        } catch (error) {
          request.log.debug({ err: error }, 'the session of a stream could not be looked up')
        }
      }
      const beat = setInterval(() => void look().then(stream.beat), beatMs)
      // Who was removed while the stream was opened was told before it could hear.
      void look()
      out.on('close', () => {
        clearInterval(beat)
        stream.remove()
      })
      stream.begin().catch((error) => {
        request.log.warn({ err: error }, 'a stream could not begin')
        stream.end()
      })
    },
  })
}

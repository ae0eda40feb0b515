import { securityOf } from '@meanwhile/shared/contract/endpoint'
import { LiveEvent, StreamStart } from '@meanwhile/shared/contract/events'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { networkOf } from '../auth/network-of.ts'
import { whoAsks } from '../auth/who-asks.ts'
import { type Reader, requireReader } from '../session.ts'
import { openStream } from './stream.ts'

const maxStreams = 20
/** Inside of other sites' pages all guests of a link are one. */
const maxUnknown = 200
/** Whoever opens a link again and again is a new guest each time. */
const maxGuestsOfNetwork = 300
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
  /** How many streams of guests are open, by where they are. */
  const guestsOf = new Map<string, number>()

  /** Who began a stream, as they are by now; nothing when they may not hear any more. */
  async function readerNow(request: FastifyRequest, { role, workspace }: Reader): Promise<Reader | null> {
    if (role === 'guest') {
      const guest = await app.findGuestOf(request)
      return guest instanceof ProblemError ? null : guest
    }
    const { viewer } = await whoAsks(app, request)
    return viewer?.workspace.id === workspace.id ? viewer : null
  }

  app.get('/api/events', {
    schema: {
      summary: 'What changes, as server-sent events',
      description:
        'The name of an event is its `type`, its data a `LiveEvent`; the first is `start` with a `StreamStart`. A stream that is interrupted ' +
        'goes on without a gap when the id of the last event comes as the header `Last-Event-ID` or as `after`. Events are kept for a day: ' +
        'when `start` says `missed`, read again what you show.',
      tags: ['events'],
      security: securityOf('read'),
      produces: ['text/event-stream'],
      querystring: z.object({
        share: z.string().max(100).optional().describe('The token of a share link: what changes about its update'),
        after: z.string().max(40).optional().describe('The id of the last event that was heard'),
      }),
      response: { 200: { content: { 'text/event-stream': { schema: z.union([LiveEvent, StreamStart]) } } } },
    },
    handler: (request, reply) => {
      const viewer = requireReader(request)
      const most = viewer.role === 'guest' && !viewer.isKnown ? maxUnknown : maxStreams
      const network = viewer.role === 'guest' ? networkOf(request.ip) : null
      const isOver =
        app.hub.countOf(viewer.id) >= most || (network !== null && (guestsOf.get(network) ?? 0) >= maxGuestsOfNetwork)
      if (isOver) throw new ProblemError('too-many-requests', 'Close some of the open tabs.')
      const count = (change: 1 | -1) => {
        if (network === null) return
        const now = (guestsOf.get(network) ?? 0) + change
        if (now > 0) guestsOf.set(network, now)
        else guestsOf.delete(network)
      }
      count(1)
      const out = streamOf(reply)
      const stream = openStream(app, out, viewer, positionIn(request, request.query.after))

      const look = async () => {
        try {
          const now = await readerNow(request, viewer)
          if (!now) return stream.end()
          stream.setViewer(now)
        } catch (error) {
          // Such as a token that has expired meanwhile.
          if (error instanceof ProblemError) return stream.end()
          request.log.debug({ err: error }, 'the session of a stream could not be looked up')
        }
      }
      const beat = setInterval(() => void look().then(stream.beat), beatMs)
      // Who was removed while the stream was opened was told before it could hear.
      void look()
      out.on('close', () => {
        clearInterval(beat)
        stream.remove()
        count(-1)
      })
      stream.begin().catch((error) => {
        request.log.warn({ err: error }, 'a stream could not begin')
        stream.end()
      })
    },
  })
}

import type { FastifyReply } from 'fastify'
import fp from 'fastify-plugin'
import { contentPolicy } from '../content-policy.ts'

/** What every answer says, whatever it is. */
export const safeHeaders = {
  'content-security-policy': contentPolicy("'none'"),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(self), display-capture=(self)',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

/**
 * For a page that people come to from elsewhere to watch. For the policy Chromium begins another process than the one that it had begun,
 * which costs the first picture more than 100 ms. Without it, a site that opened the page can close it, send it elsewhere and message it:
 * the watch page has no frames to be counted and hears no messages, and the embedded player hears whoever frames it anyway.
 */
export const beginAtOnce = (reply: FastifyReply) => reply.removeHeader('cross-origin-opener-policy')

/** Headers of every answer. What may be cached says so itself; the rest is never stored. */
export const headersPlugin = fp(async (app) => {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(safeHeaders)
  })
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
})

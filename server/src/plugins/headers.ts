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
 * For a page that people come to from elsewhere to watch: for the policy a browser throws the process away that it has begun for the page,
 * and begins another, so that the first picture comes some 150 ms later. Without it who opened the page can close it or send it elsewhere,
 * which it is safe from in no tab that a link opens; it has no frames to count, and hears no messages of theirs.
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

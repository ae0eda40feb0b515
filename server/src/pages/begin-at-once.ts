import type { FastifyReply } from 'fastify'

/**
 * For a page that people come to from elsewhere to watch. For the policy Chromium begins another process than the one that it had begun,
 * which costs the first picture more than 100 ms. Without it, a site that opened the page can close it, send it elsewhere and message it:
 * the watch page has no frames to be counted and hears no messages, and the embedded player hears whoever frames it anyway.
 */
export const beginAtOnce = (reply: FastifyReply) => reply.removeHeader('cross-origin-opener-policy')

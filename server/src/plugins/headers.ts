import fp from 'fastify-plugin'

const policy = (frameAncestors: string) =>
  [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "worker-src 'self' blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${frameAncestors}`,
  ].join('; ')

/** For the pages that may stand inside of pages of other sites. */
export const embeddedPolicy = policy('*')
const ownPolicy = policy("'none'")

/** Headers of every answer. What may be cached says so itself; the rest is never stored. */
export const headersPlugin = fp(async (app) => {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': ownPolicy,
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(self), microphone=(self), display-capture=(self)',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
  })
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
})

import { sql } from 'drizzle-orm'
import fp from 'fastify-plugin'

/** `/healthz`: the process answers. `/readyz`: it can do its work, or says which part it cannot reach. */
export const healthPlugin = fp(async (app) => {
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }))

  app.get('/readyz', { schema: { hide: true } }, async (request, reply) => {
    const checks = { database: () => app.db.execute(sql`select 1`), storage: () => app.storage.check() }
    const parts = await Promise.all(
      Object.entries(checks).map(async ([part, check]) => {
        try {
          await check()
          return [part, 'ok'] as const
        } catch (error) {
          request.log.warn({ err: error, part }, 'not ready')
          return [part, 'unreachable'] as const
        }
      }),
    )
    const ready = parts.every(([, state]) => state === 'ok')
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'unavailable', ...Object.fromEntries(parts) })
  })
})

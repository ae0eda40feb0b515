import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { bearerOf } from '../tokens/bearer.ts'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Whether a browser says that another site makes this request. Programs send neither header. */
export function isForeign(headers: FastifyRequest['headers'], publicUrl: string): boolean {
  const { origin } = headers
  if (origin === undefined) return headers['sec-fetch-site'] === 'cross-site'
  if (origin === publicUrl) return false
  return !URL.canParse(origin) || new URL(origin).host !== headers.host
}

/** Refuses requests that change something when they come from another site (CSRF), on top of `SameSite=Lax`. */
export const originPlugin = fp(async (app) => {
  app.addHook('onRequest', async (request) => {
    // No browser sends a token for another site, and who sends one has no session.
    if (!safe.has(request.method) && !bearerOf(request) && isForeign(request.headers, app.env.PUBLIC_URL))
      throw new ProblemError('foreign-origin')
  })
})

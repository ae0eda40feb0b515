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
  if (!URL.canParse(origin)) return true
  const { host, protocol } = new URL(origin)
  // Whoever is on the line between can make pages of this very host, as long as these are not encrypted.
  return host !== headers.host || (publicUrl.startsWith('https:') && protocol !== 'https:')
}

/** Refuses requests that change something when they come from another site (CSRF), on top of `SameSite=Lax`. */
export const originPlugin = fp(async (app) => {
  app.addHook('onRequest', async (request) => {
    // No browser sends a token for another site, and who sends one has no session.
    if (!safe.has(request.method) && !bearerOf(request) && isForeign(request.headers, app.env.PUBLIC_URL))
      throw new ProblemError('foreign-origin')
  })
})

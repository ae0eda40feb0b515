import type { FastifyRequest } from 'fastify'

/** How our tokens begin, so that scanners of published code know one when they see it. */
export const tokenStart = 'mw_'

/** The API token that a request to the API comes with. */
export function bearerOf({ headers, url }: Pick<FastifyRequest, 'headers' | 'url'>): string | undefined {
  if (!url.startsWith('/api/')) return undefined
  return headers.authorization?.match(/^bearer +(mw_\S*)$/i)?.[1]
}

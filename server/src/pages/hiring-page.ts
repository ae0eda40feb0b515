import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireManagerLink } from '../manager-links/access.ts'
import { appearanceIn } from './appearance.ts'
import { readWebApp } from './web-app.ts'

const head = '<meta name="robots" content="noindex">'

/** `/s/hiring/:token`: the app alone, which search engines leave out; the status says whether the link leads anywhere. */
export const hiringPage: FastifyPluginAsyncZod = async (app) => {
  const pageFor = readWebApp()?.pageOf()
  if (!pageFor) return

  async function statusOf(token: string): Promise<number> {
    try {
      await requireManagerLink(app, token)
      return 200
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      return error.code === 'share-link-ended' ? 410 : 404
    }
  }

  app.get<{ Params: { token: string } }>('/s/hiring/:token', { schema: { hide: true } }, async (request, reply) => {
    reply.headers({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'x-robots-tag': 'noindex' })
    reply.code(await statusOf(request.params.token))
    return pageFor(request.headers).whole({ title: null, head, body: '' }, appearanceIn(request.headers.cookie))
  })
}

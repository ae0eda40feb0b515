import fastifyStatic from '@fastify/static'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import fp from 'fastify-plugin'
import { appearanceIn } from '../pages/appearance.ts'
import { languageCookie, varies } from '../pages/language.ts'
import { dist, readWebApp } from '../pages/web-app.ts'

const year = 365 * 24 * 3600

const acceptsPage = (accept = '*/*') => /text\/html|\*\/\*/.test(accept)

/** Serves the built web app: hashed files for ever, its page for every other address that a browser opens. */
export const webPlugin = fp(async (app) => {
  const pageFor = readWebApp()?.pageOf()
  const isBuilt = pageFor !== undefined
  if (isBuilt)
    await app.register(fastifyStatic, {
      root: `${dist}/assets`,
      prefix: '/assets/',
      preCompressed: true,
      immutable: true,
      maxAge: year * 1000,
    })
  if (isBuilt)
    app.get('/favicon.svg', { schema: { hide: true } }, (_request, reply) =>
      reply.sendFile('favicon.svg', dist, { immutable: false, maxAge: 86_400_000 }),
    )

  app.setNotFoundHandler((request, reply) => {
    const opensPage =
      request.method === 'GET' && !/^\/(api|media|assets)(\/|$)/.test(request.url) && acceptsPage(request.headers.accept)
    if (!isBuilt || !opensPage) throw new ProblemError('not-found')
    reply.headers({ 'cache-control': 'no-cache', vary: varies })
    const language = languageCookie(request.headers.cookie)
    if (language) reply.header('set-cookie', language)
    const page = pageFor(request.headers).whole({ title: null, head: '', body: '' }, appearanceIn(request.headers.cookie))
    return reply.type('text/html; charset=utf-8').send(page)
  })
})

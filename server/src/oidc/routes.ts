import { disconnectOidc, endOidc, readOidc, startOidc } from '@meanwhile/shared/contract/oidc'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { enter } from '../auth/enter.ts'
import { requirePerson } from '../session.ts'
import { requireRecentPresence } from '../sessions/presence.ts'
import { accountOf, isConnected } from './account-of.ts'
import { disconnect } from './disconnect.ts'
import { openProvider } from './provider.ts'
import { keepStarted, stateCookie, stateIn, takeStarted } from './started.ts'

/** Signing in with the account of a provider that the operator chose. */
export const oidcRoutes: FastifyPluginAsyncZod = async (app) => {
  const oidc = openProvider(app.env)
  const secure = app.env.PUBLIC_URL.startsWith('https:')

  app.route({
    ...startOidc,
    config: { rateLimit: { max: 30, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      const { password, ...wanted } = request.body
      if (request.person) await requireRecentPresence(app, request, password)
      const { url, ...started } = await oidc.start()
      await keepStarted(app.db, { ...started, ...wanted, personId: request.person?.id ?? null })
      reply.header('set-cookie', stateCookie(started.state, { secure }))
      return { url }
    },
  })

  app.route({
    ...endOidc,
    config: { rateLimit: { max: 60, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      const { state } = request.query
      reply.header('set-cookie', stateCookie('', { secure, maxAge: 0 }))
      try {
        const kept = state !== '' && stateIn(request.headers.cookie) === state ? await takeStarted(app.db, state) : null
        if (!kept || !oidc.provider) throw new ProblemError('oidc-failed')
        // Somebody else has signed in here since: what was begun is not theirs.
        if (kept.personId && kept.personId !== request.person?.id) throw new ProblemError('oidc-failed')
        const claims = await oidc.finish(kept, request.query)
        const { issuer } = oidc.provider
        const { userId, isNew } = await accountOf(app.db, app.env, { issuer, claims, kept, from: request.ip })
        if (!kept.personId) await enter(app, request, reply, userId)
        // The page leads on from there, to paths of this site alone.
        return reply.redirect(`/sign-in?next=${encodeURIComponent(isNew ? '/' : kept.next)}`)
      } catch (error) {
        const code = error instanceof ProblemError ? error.code : 'internal'
        if (code === 'internal' || code === 'oidc-failed') request.log.warn({ err: error }, 'a sign-in with the provider failed')
        return reply.redirect(`/sign-in?problem=${code}`)
      }
    },
  })

  app.route({
    ...readOidc,
    handler: async (request) => {
      const person = requirePerson(request)
      if (!oidc.provider) return null
      const { issuer, name } = oidc.provider
      return { name, isConnected: await isConnected(app.db, issuer, person.id) }
    },
  })

  app.route({
    ...disconnectOidc,
    handler: async (request, reply) => {
      const person = requirePerson(request)
      if (!oidc.provider) throw new ProblemError('not-found')
      await disconnect(app, oidc.provider.issuer, person, request.ip)
      return reply.code(204).send(null)
    },
  })
}

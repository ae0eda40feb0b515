import { ProblemError } from '@meanwhile/shared/contract/problem'
import { nameGuest, openShare, readShare } from '@meanwhile/shared/contract/share-links'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { Attempts } from '../auth/attempts.ts'
import { networkOf } from '../auth/network-of.ts'
import { provedAddressOf } from './codes.ts'
import { grantIn, neededBy } from './grant.ts'
import { type FoundLink, guestOf, keepGuest, letIn, requireShareLink } from './guests.ts'
import { isMemberOf, needsAddress, stateFor } from './share-state.ts'

const isAttempt = (request: FastifyRequest) => typeof (request.body as { password?: string } | null)?.password === 'string'

/** Wrong passwords of one link in an hour, from wherever they come. Who was let in before need not say it again. */
const mostGuesses = 500

/** Share links as those see them who were given one. */
export const guestRoutes: FastifyPluginAsyncZod = async (app) => {
  const guesses = new Attempts(mostGuesses, 60 * 60_000)

  const locked = ({ link }: FoundLink, { headers }: FastifyRequest) => ({
    needs: neededBy(link, grantIn(app.env.AUTH_SECRET, link, headers.cookie)),
    open: null,
  })

  app.route({
    ...readShare,
    config: { rateLimit: { max: 300, timeWindow: '1 minute' } },
    handler: async (request) => {
      const { token } = request.params
      const found = await requireShareLink(app, token)
      if (await isMemberOf(app.db, request, found)) return stateFor(found, null)
      const guest = await guestOf(app, found, token, request.headers.cookie)
      return guest ? stateFor(found, guest) : locked(found, request)
    },
  })

  app.route({
    ...openShare,
    config: {
      rateLimit: {
        // Guessing is slowed down; who opens a link without a password is not guessing.
        max: (request: FastifyRequest) => (isAttempt(request) ? 20 : 300),
        timeWindow: '1 minute',
        hook: 'preHandler',
        keyGenerator: (request: FastifyRequest) =>
          `${networkOf(request.ip)} ${isAttempt(request)} ${(request.params as { token: string }).token}`,
      },
    },
    handler: async (request, reply) => {
      const { token } = request.params
      const found = await requireShareLink(app, token)
      if (await isMemberOf(app.db, request, found)) return stateFor(found, null)
      const { cookie: cookies } = request.headers
      const { password } = request.body
      const isGuess = password !== undefined && found.link.passwordHash !== null
      if (isGuess && !guesses.begin(found.link.id)) throw new ProblemError('too-many-requests', 'Try again in an hour.')
      const proved = await provedAddressOf(app.db, request.person)
      const { guest, cookie } = await letIn(app, found, token, { password, proved, cookies })
      if (isGuess) guesses.giveBack(found.link.id)
      reply.header('set-cookie', cookie)
      if (!guest) return needsAddress
      // Who is signed in elsewhere need not say their name.
      const name = guest.name || request.viewer?.name
      if (name && name !== guest.name) await keepGuest(app.db, guest, name)
      return stateFor(found, { ...guest, name: name ?? '' })
    },
  })

  app.route({
    ...nameGuest,
    config: { rateLimit: { max: 60, timeWindow: '1 minute' } },
    handler: async (request) => {
      const { token } = request.params
      const found = await requireShareLink(app, token)
      const guest = await guestOf(app, found, token, request.headers.cookie)
      if (!guest) return locked(found, request)
      await keepGuest(app.db, guest, request.body.name)
      return stateFor(found, { ...guest, name: request.body.name })
    },
  })
}

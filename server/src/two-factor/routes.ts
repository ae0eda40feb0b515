import { endTwoFactor as endTwoFactorEndpoint } from '@meanwhile/shared/contract/members'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import {
  confirmTwoFactor as confirmTwoFactorEndpoint,
  readTwoFactor,
  removeTwoFactor as removeTwoFactorEndpoint,
  renewRecoveryCodes as renewRecoveryCodesEndpoint,
  signInByCode,
  startTwoFactor as startTwoFactorEndpoint,
} from '@meanwhile/shared/contract/two-factor'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { enter } from '../auth/enter.ts'
import { requireAdmin, requirePerson } from '../session.ts'
import { confirmAddress } from '../sessions/end-access.ts'
import { requirePresence } from '../sessions/presence.ts'
import { challengeCookie, challengeIn, findChallenge, takeChallenge } from './challenge.ts'
import { requireCode } from './check-code.ts'
import { confirmTwoFactor, endTwoFactor, removeTwoFactor, renewRecoveryCodes, startTwoFactor, twoFactorOf } from './queries.ts'

const few = { rateLimit: { max: 20, timeWindow: '1 minute' } }

/** A code of an authenticator app, asked for after the password. */
export const twoFactorRoutes: FastifyPluginAsyncZod = async (app) => {
  const secure = app.env.PUBLIC_URL.startsWith('https:')

  app.route({ ...readTwoFactor, handler: (request) => twoFactorOf(app.db, requirePerson(request)) })

  app.route({
    ...startTwoFactorEndpoint,
    config: few,
    handler: async (request) => {
      const person = requirePerson(request)
      await requirePresence(app, request, request.body.password)
      return startTwoFactor(app, person)
    },
  })

  app.route({
    ...confirmTwoFactorEndpoint,
    config: few,
    handler: async (request) => ({
      recoveryCodes: await confirmTwoFactor(app, requirePerson(request), request.body.code, request.ip),
    }),
  })

  app.route({
    ...renewRecoveryCodesEndpoint,
    config: few,
    handler: async (request) => {
      const person = requirePerson(request)
      await requirePresence(app, request, request.body.password)
      return { recoveryCodes: await renewRecoveryCodes(app, person, request.body.code, request.ip) }
    },
  })

  app.route({
    ...removeTwoFactorEndpoint,
    config: few,
    handler: async (request, reply) => {
      const person = requirePerson(request)
      await requirePresence(app, request, request.body.password)
      await removeTwoFactor(app, person, request.body.code, request.ip)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...signInByCode,
    config: few,
    handler: async (request, reply) => {
      const over = new ProblemError('two-factor-over', 'Sign in again from the start.')
      const token = challengeIn(request.headers.cookie)
      const challenge = await findChallenge(app.db, token)
      if (!challenge) throw over
      const { userId } = challenge
      const succeeded = app.signInLimits.beginCode(request.ip)
      await requireCode(app, { userId, code: request.body.code, from: request.ip }, over)
      const step = await takeChallenge(app.db, token)
      if (!step) throw over
      if (step === 'mail') await app.db.transaction((tx) => confirmAddress(tx, userId, request.ip))
      succeeded()
      reply.header('set-cookie', challengeCookie('', { secure, maxAge: 0 }))
      return enter(app, request, reply, userId)
    },
  })

  app.route({
    ...endTwoFactorEndpoint,
    config: few,
    handler: async (request, reply) => {
      await endTwoFactor(app, requireAdmin(request), request.params.userId, request.ip)
      return reply.code(204).send(null)
    },
  })
}

import { ProblemError } from '@meanwhile/shared/contract/problem'
import {
  askPasswordReset,
  changePassword as changePasswordEndpoint,
  endOtherSessions as endOtherSessionsEndpoint,
  endSession as endSessionEndpoint,
  listSessions,
  readPasswordReset,
  resetPassword,
} from '@meanwhile/shared/contract/sessions'
import { hashPassword } from 'better-auth/crypto'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { sendIfThere } from '../auth/send-if-there.ts'
import { mailPasswordReset, requirePasswordReset, usePasswordReset } from '../members/password-reset.ts'
import { requirePerson } from '../session.ts'
import { requirePresence } from './presence.ts'
import { changePassword, endOtherSessions, endSession, sessionsOf } from './queries.ts'

export const sessionRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({ ...listSessions, handler: (request) => sessionsOf(app.db, requirePerson(request)) })

  app.route({
    ...endSessionEndpoint,
    handler: async (request, reply) => {
      const person = requirePerson(request)
      if (!(await endSession(app.db, person, request.params.sessionId, request.ip))) throw new ProblemError('not-found')
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...endOtherSessionsEndpoint,
    handler: async (request, reply) => {
      await endOtherSessions(app.db, requirePerson(request), request.ip)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...changePasswordEndpoint,
    config: { rateLimit: { max: 10, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      const person = requirePerson(request)
      await requirePresence(app, request, request.body.current, 'current')
      await changePassword(app.db, person, await hashPassword(request.body.password), request.ip)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...askPasswordReset,
    config: { rateLimit: { max: 10, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      sendIfThere(app, request, mailPasswordReset)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...readPasswordReset,
    config: { rateLimit: { max: 60, timeWindow: '1 minute' } },
    handler: (request) => requirePasswordReset(app.db, request.params.token),
  })

  app.route({
    ...resetPassword,
    config: { rateLimit: { max: 20, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      const { token } = request.params
      // Before the work of hashing: anybody may ask.
      await requirePasswordReset(app.db, token)
      await usePasswordReset(app.db, token, await hashPassword(request.body.password), request.ip)
      return reply.code(204).send(null)
    },
  })
}

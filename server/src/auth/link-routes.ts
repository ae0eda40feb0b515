import { askSignInLink, signInByLink } from '@meanwhile/shared/contract/sessions'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { askForCode } from '../two-factor/ask-for-code.ts'
import { enter } from './enter.ts'
import { sendIfThere } from './send-if-there.ts'
import { mailSignInLink, useSignInLink } from './sign-in-link.ts'

/** Signing in by a link that is sent by mail. */
export const signInLinkRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({
    ...askSignInLink,
    config: { rateLimit: { max: 10, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      sendIfThere(app, request, mailSignInLink)
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...signInByLink,
    config: { rateLimit: { max: 20, timeWindow: '1 minute' } },
    handler: async (request, reply) => {
      const { userId, needsCode } = await useSignInLink(app.db, request.params.token, request.ip)
      return needsCode ? askForCode(app, reply, userId, { step: 'mail', from: request.ip }) : enter(app, request, reply, userId)
    },
  })
}

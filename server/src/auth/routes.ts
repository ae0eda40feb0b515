import { readSignUp, signIn, signOut, signUp } from '@meanwhile/shared/contract/auth'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { oidcProviderOf } from '@meanwhile/shared/platform/oidc'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { recordAccountAudit } from '../audit/record-audit.ts'
import { askForCode } from '../two-factor/ask-for-code.ts'
import { hasTwoFactor } from '../two-factor/queries.ts'
import { createAuth } from './auth.ts'
import { networkOf } from './network-of.ts'
import { relay } from './relay.ts'
import { beginSession, dropSession, noteFailedSignIn } from './sign-in.ts'
import { signUpInto, signUpMode } from './sign-up.ts'

type SignedIn = { token: string; user: { id: string; name: string; email: string } }

export const authRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({
    ...readSignUp,
    handler: async () => ({
      mode: await signUpMode(app.db, app.env),
      byMail: app.mails.isSet,
      oidc: oidcProviderOf(app.env)?.name ?? null,
    }),
  })

  app.route({
    ...signUp,
    config: { rateLimit: { max: 60, timeWindow: '1 minute' } },
    handler: (request, reply) => {
      const { name, email, password, invitation, timeZone } = request.body
      const create = (tx: typeof app.db) => relay(createAuth(tx, app.env), request, reply, { name, email, password })
      return signUpInto(
        app.db,
        app.env,
        { name, email, invitation, timeZone, from: request.ip },
        (tx) => create(tx) as Promise<SignedIn>,
      )
    },
  })

  app.route({
    ...signIn,
    config: {
      rateLimit: {
        max: 20,
        timeWindow: '1 minute',
        hook: 'preHandler',
        keyGenerator: (request) => `${networkOf(request.ip)} ${(request.body as { email: string }).email.toLowerCase()}`,
      },
    },
    handler: async (request, reply) => {
      const succeeded = await app.signInLimits.begin(request.ip, request.body.email)
      let whoNeedsCode: string
      try {
        const answer = (await relay(app.auth, request, reply)) as SignedIn
        const needsCode = await hasTwoFactor(app.db, answer.user.id)
        await (needsCode ? dropSession(app.db, answer) : beginSession(app.db, answer, request.ip))
        succeeded()
        if (!needsCode) return answer
        reply.removeHeader('set-cookie')
        whoNeedsCode = answer.user.id
      } catch (error) {
        reply.removeHeader('set-cookie')
        if (error instanceof ProblemError && error.code === 'wrong-credentials')
          // Nobody waits for it: how long an answer takes must not tell whether there is such an account.
          noteFailedSignIn(app.db, request.body.email, request.ip).catch((err) => request.log.error({ err }, 'not on record'))
        throw error
      }
      return askForCode(app, reply, whoNeedsCode, { step: 'password', from: request.ip })
    },
  })

  app.route({
    ...signOut,
    handler: (request, reply) =>
      app.db.transaction(async (tx) => {
        const { person } = request
        if (person) await recordAccountAudit(tx, person, { action: 'account.signed-out', from: request.ip })
        return (await relay(createAuth(tx, app.env), request, reply)) as { success: boolean }
      }),
  })
}

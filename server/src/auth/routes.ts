import { readSignUp, signIn, signOut, signUp } from '@meanwhile/shared/contract/auth'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { createAuth } from './auth.ts'
import { relay } from './relay.ts'
import { signUpInto, signUpMode } from './sign-up.ts'

type SignedIn = { user: { id: string; name: string; email: string } }

export const authRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({ ...readSignUp, handler: async () => ({ mode: await signUpMode(app.db, app.env) }) })

  app.route({
    ...signUp,
    config: { rateLimit: { max: 60, timeWindow: '1 minute' } },
    handler: (request, reply) =>
      signUpInto(app.db, app.env, request.body, (tx) => relay(createAuth(tx, app.env), request, reply) as Promise<SignedIn>),
  })

  app.route({
    ...signIn,
    config: {
      rateLimit: {
        max: 20,
        timeWindow: '1 minute',
        hook: 'preHandler',
        keyGenerator: (request) => `${request.ip} ${(request.body as { email: string }).email.toLowerCase()}`,
      },
    },
    handler: (request, reply) => relay(app.auth, request, reply) as Promise<SignedIn>,
  })

  app.route({ ...signOut, handler: (request, reply) => relay(app.auth, request, reply) as Promise<{ success: boolean }> })
}

import {
  addPasskey as addPasskeyEndpoint,
  listPasskeys,
  removePasskey as removePasskeyEndpoint,
  renamePasskey as renamePasskeyEndpoint,
  signInByPasskey,
  startPasskey,
  startPasskeySignIn,
} from '@meanwhile/shared/contract/passkeys'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { enter } from '../auth/enter.ts'
import { requirePerson } from '../session.ts'
import { deviceOf } from '../sessions/device-of.ts'
import { requireRecentPresence } from '../sessions/presence.ts'
import { authenticationOptions, checkedAuthentication, checkedRegistration, registrationOptions } from './ceremonies.ts'
import { addPasskey, passkeysOf, removePasskey, renamePasskey } from './queries.ts'

const few = { rateLimit: { max: 30, timeWindow: '1 minute' } }

export const passkeyRoutes: FastifyPluginAsyncZod = async (app) => {
  app.route({ ...listPasskeys, handler: (request) => passkeysOf(app.db, requirePerson(request)) })

  app.route({
    ...startPasskey,
    config: few,
    // What it answers counts once, for this person: a passkey is added with it alone.
    handler: async (request) => {
      const person = requirePerson(request)
      await requireRecentPresence(app, request, request.body.password)
      return { ...(await registrationOptions(app, person)) }
    },
  })

  app.route({
    ...addPasskeyEndpoint,
    config: few,
    handler: async (request, reply) => {
      const person = requirePerson(request)
      const made = await checkedRegistration(app, person, request.body.credential)
      const name = deviceOf(request.headers['user-agent'] ?? null)
      return reply.code(201).send(await addPasskey(app.db, person, { ...made, name }, request.ip))
    },
  })

  app.route({
    ...renamePasskeyEndpoint,
    handler: (request) => renamePasskey(app.db, requirePerson(request), request.params.passkeyId, request.body.name),
  })

  app.route({
    ...removePasskeyEndpoint,
    handler: async (request, reply) => {
      await removePasskey(app, requirePerson(request), request.params.passkeyId, request.ip)
      return reply.code(204).send(null)
    },
  })

  app.route({ ...startPasskeySignIn, config: few, handler: async () => ({ ...(await authenticationOptions(app)) }) })

  app.route({
    ...signInByPasskey,
    config: few,
    handler: async (request, reply) => enter(app, request, reply, await checkedAuthentication(app, request.body.credential)),
  })
}

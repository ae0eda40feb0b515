import { ProblemError } from '@meanwhile/shared/contract/problem'
import * as endpoints from '@meanwhile/shared/contract/webhooks'
import { outboundFault } from '@meanwhile/shared/platform/outbound'
import { webhookSecret } from '@meanwhile/shared/platform/webhook-signature'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { requireAdmin } from '../session.ts'
import { requireWebhook } from './access.ts'
import { addTest, deliveriesOf, replay } from './deliveries.ts'
import { addWebhook, changeWebhook, deleteWebhook, enableWebhook, rotateWebhook, webhooksOf } from './queries.ts'

const sending = { rateLimit: { max: 30, timeWindow: '1 minute' } }

export const webhookRoutes: FastifyPluginAsyncZod = async (app) => {
  const withSecret = <T extends { id: string; secretVersion: number }>({ secretVersion, ...webhook }: T) => ({
    ...webhook,
    secret: webhookSecret(app.env.AUTH_SECRET, webhook.id, secretVersion),
  })
  const by = (request: FastifyRequest) => ({ actor: requireAdmin(request), from: request.ip })
  const webhookOf = (request: FastifyRequest<{ Params: { webhookId: string } }>) =>
    requireWebhook(app.db, request.params.webhookId, requireAdmin(request))

  /** @throws {ProblemError} `invalid-request` for an address that must not be asked */
  function refuseAddress(url: string) {
    const fault = outboundFault(url, { allowPrivate: app.env.WEBHOOKS_PRIVATE_NETWORKS === 'allow' })
    if (fault) throw new ProblemError('invalid-request', undefined, { errors: [{ field: 'url', message: fault }] })
  }

  app.route({ ...endpoints.listWebhooks, handler: (request) => webhooksOf(app.db, requireAdmin(request).workspace.id) })

  app.route({
    ...endpoints.createWebhook,
    config: sending,
    handler: async (request, reply) => {
      const admin = by(request)
      refuseAddress(request.body.url)
      return reply.code(201).send(withSecret(await addWebhook(app.db, request.body, admin)))
    },
  })

  app.route({
    ...endpoints.changeWebhook,
    config: sending,
    handler: async (request) => {
      const webhook = await webhookOf(request)
      if (request.body.url !== undefined) refuseAddress(request.body.url)
      return changeWebhook(app.db, webhook, request.body, by(request))
    },
  })

  app.route({
    ...endpoints.deleteWebhook,
    handler: async (request, reply) => {
      await deleteWebhook(app.db, await webhookOf(request), by(request))
      return reply.code(204).send(null)
    },
  })

  app.route({
    ...endpoints.rotateWebhook,
    config: sending,
    handler: async (request) => withSecret(await rotateWebhook(app.db, await webhookOf(request), by(request))),
  })
  app.route({
    ...endpoints.enableWebhook,
    handler: async (request) => enableWebhook(app.db, await webhookOf(request), by(request)),
  })
  app.route({
    ...endpoints.testWebhook,
    config: sending,
    handler: async (request, reply) => reply.code(201).send(await addTest(app.db, await webhookOf(request))),
  })
  app.route({ ...endpoints.listDeliveries, handler: async (request) => deliveriesOf(app.db, await webhookOf(request)) })
  app.route({
    ...endpoints.replayDelivery,
    config: sending,
    handler: async (request) => replay(app.db, await webhookOf(request), request.params.deliveryId),
  })
}

import * as z from 'zod'
import { Empty, endpoint, IsoDate } from './endpoint.ts'

export const WebhookEvent = z
  .enum(['update.published', 'update.deleted', 'comment.added', 'question.resolved', 'member.joined'])
  .describe('Only what the whole workspace sees is told: nothing of private channels')
export type WebhookEvent = z.infer<typeof WebhookEvent>

export const Webhook = z
  .object({
    id: z.uuid(),
    url: z.string().meta({ example: 'https://hooks.example.org/meanwhile' }),
    events: z.array(WebhookEvent),
    createdAt: IsoDate,
    disabledAt: IsoDate.nullable().describe(
      'When it was switched off: by an admin, or because it had failed for more than a day or answered 410',
    ),
  })
  .meta({ id: 'Webhook' })
export type Webhook = z.infer<typeof Webhook>

export const WebhookDraft = z
  .object({
    url: z.url().max(2_000).describe('https, without name or password in it, and nothing in a private network'),
    events: z.array(WebhookEvent).min(1).max(20),
  })
  .meta({ example: { url: 'https://hooks.example.org/meanwhile', events: ['update.published', 'comment.added'] } })
export type WebhookDraft = z.infer<typeof WebhookDraft>

export const WebhookDelivery = z
  .object({
    id: z.uuid().describe('With `msg_` before it the header `webhook-id`: the same for every try'),
    event: z.string().describe('A `WebhookEvent`, or `test`'),
    createdAt: IsoDate,
    attempts: z.int(),
    nextAttemptAt: IsoDate.nullable().describe('null once it has arrived or was given up'),
    deliveredAt: IsoDate.nullable(),
    status: z.int().nullable().describe('Of the last answer'),
    durationMs: z.int().nullable(),
    answer: z.string().nullable().describe('The beginning of the last answer'),
    error: z.string().nullable().describe('Why there was no answer'),
  })
  .meta({ id: 'WebhookDelivery' })
export type WebhookDelivery = z.infer<typeof WebhookDelivery>

const WithSecret = Webhook.extend({ secret: z.string().describe('With which deliveries are signed (Standard Webhooks)') })
const WebhookParams = z.object({ webhookId: z.uuid() })
const DeliveryParams = WebhookParams.extend({ deliveryId: z.uuid() })

export const listWebhooks = endpoint({
  method: 'GET',
  url: '/api/webhooks',
  access: 'admin',
  schema: { summary: 'Webhooks of the workspace (owner and admins)', tags: ['webhooks'], response: { 200: z.array(Webhook) } },
})

export const createWebhook = endpoint({
  method: 'POST',
  url: '/api/webhooks',
  access: 'admin',
  schema: {
    summary: 'Have an address told what happens (owner and admins); the secret is shown this once',
    tags: ['webhooks'],
    body: WebhookDraft,
    response: { 201: WithSecret },
  },
})

export const WebhookChange = z
  .object({
    url: WebhookDraft.shape.url.optional(),
    events: WebhookDraft.shape.events.optional(),
    enabled: z.boolean().optional().describe('Off: it is told nothing, and what happens meanwhile is not kept for it'),
  })
  .meta({ id: 'WebhookChange', example: { events: ['update.published', 'member.joined'] } })
export type WebhookChange = z.infer<typeof WebhookChange>

export const changeWebhook = endpoint({
  method: 'PATCH',
  url: '/api/webhooks/:webhookId',
  access: 'admin',
  schema: {
    summary: 'Change which address is told, of what, and whether it is told at all (owner and admins)',
    description: 'Its secret and its log stay. What waits for it goes to the new address.',
    tags: ['webhooks'],
    params: WebhookParams,
    body: WebhookChange,
    response: { 200: Webhook },
  },
})

export const deleteWebhook = endpoint({
  method: 'DELETE',
  url: '/api/webhooks/:webhookId',
  access: 'admin',
  schema: {
    summary: 'Delete a webhook with its log (owner and admins)',
    tags: ['webhooks'],
    params: WebhookParams,
    response: { 204: Empty },
  },
})

export const rotateWebhook = endpoint({
  method: 'POST',
  url: '/api/webhooks/:webhookId/rotate',
  access: 'admin',
  schema: {
    summary: 'Give it another secret, shown this once; the old one signs nothing more (owner and admins)',
    tags: ['webhooks'],
    params: WebhookParams,
    response: { 200: WithSecret },
  },
})

export const enableWebhook = endpoint({
  method: 'PUT',
  url: '/api/webhooks/:webhookId/enabled',
  access: 'admin',
  schema: {
    summary: 'Switch it on again; what waited is sent (owner and admins)',
    tags: ['webhooks'],
    params: WebhookParams,
    response: { 200: Webhook },
  },
})

export const testWebhook = endpoint({
  method: 'POST',
  url: '/api/webhooks/:webhookId/test',
  access: 'admin',
  schema: {
    summary: 'Send a message that says nothing, within seconds (owner and admins)',
    tags: ['webhooks'],
    params: WebhookParams,
    response: { 201: WebhookDelivery },
  },
})

export const listDeliveries = endpoint({
  method: 'GET',
  url: '/api/webhooks/:webhookId/deliveries',
  access: 'admin',
  schema: {
    summary:
      'The last 50 messages to a webhook and what became of them, newest first; they are kept for 30 days (owner and admins)',
    tags: ['webhooks'],
    params: WebhookParams,
    response: { 200: z.array(WebhookDelivery) },
  },
})

export const replayDelivery = endpoint({
  method: 'POST',
  url: '/api/webhooks/:webhookId/deliveries/:deliveryId/replay',
  access: 'admin',
  schema: {
    summary: 'Send a message once more, under its id (owner and admins)',
    tags: ['webhooks'],
    params: DeliveryParams,
    response: { 200: WebhookDelivery },
  },
})

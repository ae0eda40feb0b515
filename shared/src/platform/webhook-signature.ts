import { createHmac } from 'node:crypto'

/**
 * The secret of a webhook, stored nowhere: it is made of our own secret, the webhook and how often it was rotated. In the form of
 * Standard Webhooks, base64 after `whsec_`.
 */
export const webhookSecret = (authSecret: string, webhookId: string, version: number): string =>
  `whsec_${createHmac('sha256', authSecret).update(`webhook ${webhookId} ${version}`).digest('base64')}`

/** What a delivery says of itself (Standard Webhooks 1.0): who verifies it knows that it is ours, and of now. */
export function webhookHeaders({ id, body, secret, at }: { id: string; body: string; secret: string; at: Date }) {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }
}

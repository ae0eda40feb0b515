import type { Problem } from '@meanwhile/shared/contract/problem'
import type {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  enableWebhook,
  listDeliveries,
  listWebhooks,
  replayDelivery,
  rotateWebhook,
  testWebhook,
  WebhookEvent,
} from '@meanwhile/shared/contract/webhooks'
import { type Answer, call, type Input, problemIn } from '../api.ts'

export type ShownWebhook = Answer<typeof listWebhooks>[number]
export type Delivery = Answer<typeof listDeliveries>[number]

/** Who is told what happens in the workspace: for its owner and admins. Changes throw ApiError. */
export class Webhooks {
  all = $state.raw<Answer<typeof listWebhooks> | undefined>()
  /** The one whose secret was just made: the server never shows it again. */
  made = $state.raw<Answer<typeof createWebhook> | null>(null)
  problem = $state.raw<Problem | null>(null)

  async load(): Promise<void> {
    this.problem = null
    try {
      this.all = await call<typeof listWebhooks>('GET', '/api/webhooks')
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  async add(body: { url: string; events: WebhookEvent[] }): Promise<void> {
    const { secret, ...listed } = await call<typeof createWebhook>('POST', '/api/webhooks', { body })
    this.made = { ...listed, secret }
    this.all = [...(this.all ?? []), listed]
  }

  async change(webhookId: string, body: Input<typeof changeWebhook>['body']): Promise<void> {
    const changed = await call<typeof changeWebhook>('PATCH', '/api/webhooks/:webhookId', { params: { webhookId }, body })
    this.all = this.all?.map((each) => (each.id === webhookId ? changed : each))
  }

  async rotate(webhookId: string): Promise<void> {
    this.made = await call<typeof rotateWebhook>('POST', '/api/webhooks/:webhookId/rotate', { params: { webhookId } })
  }

  async enable(webhookId: string): Promise<void> {
    const enabled = await call<typeof enableWebhook>('PUT', '/api/webhooks/:webhookId/enabled', { params: { webhookId } })
    this.all = this.all?.map((each) => (each.id === webhookId ? enabled : each))
  }

  async remove(webhookId: string): Promise<void> {
    await call<typeof deleteWebhook>('DELETE', '/api/webhooks/:webhookId', { params: { webhookId } })
    this.all = this.all?.filter(({ id }) => id !== webhookId)
    if (this.made?.id === webhookId) this.made = null
  }
}

/** What one webhook was told, newest first, and what became of it. Changes throw ApiError. */
export class Deliveries {
  all = $state.raw<Delivery[] | undefined>()
  problem = $state.raw<Problem | null>(null)
  readonly #params: { webhookId: string }

  constructor(webhookId: string) {
    this.#params = { webhookId }
  }

  async load(): Promise<void> {
    this.problem = null
    try {
      this.all = await call<typeof listDeliveries>('GET', '/api/webhooks/:webhookId/deliveries', { params: this.#params })
    } catch (error) {
      this.problem = problemIn(error)
    }
  }

  async test(): Promise<void> {
    await call<typeof testWebhook>('POST', '/api/webhooks/:webhookId/test', { params: this.#params })
    await this.load()
  }

  async replay(deliveryId: string): Promise<void> {
    const url = '/api/webhooks/:webhookId/deliveries/:deliveryId/replay'
    await call<typeof replayDelivery>('POST', url, { params: { ...this.#params, deliveryId } })
    await this.load()
  }
}

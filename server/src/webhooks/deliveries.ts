import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { WebhookDelivery } from '@meanwhile/shared/contract/webhooks'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { webhookBody } from '@meanwhile/shared/db/tell-webhooks'
import { and, desc, eq, sql } from 'drizzle-orm'
import type { WebhookRow } from './access.ts'

const { webhookDeliveries } = schema

const shownMost = 50

const { id, event, createdAt, attempts, nextAttemptAt, deliveredAt, status, durationMs, answer, error } = webhookDeliveries
const shape = { id, event, createdAt, attempts, nextAttemptAt, deliveredAt, status, durationMs, answer, error }

/** The last messages, newest first. */
export const deliveriesOf = (db: Db, webhook: WebhookRow): Promise<WebhookDelivery[]> =>
  db
    .select(shape)
    .from(webhookDeliveries)
    .where(eq(webhookDeliveries.webhookId, webhook.id))
    .orderBy(desc(createdAt), desc(id))
    .limit(shownMost)

/** A message that says nothing; the worker sends it at once. */
export const addTest = async (db: Db, { id: webhookId, workspaceId }: WebhookRow): Promise<WebhookDelivery> =>
  one(
    await db
      .insert(webhookDeliveries)
      .values({ webhookId, event: 'test', body: webhookBody('test', { workspaceId }) })
      .returning(shape),
  )

/** Begins anew, under the same id. @throws {ProblemError} `not-found` */
export async function replay(db: Db, webhook: WebhookRow, deliveryId: string): Promise<WebhookDelivery> {
  const [again] = await db
    .update(webhookDeliveries)
    .set({ attempts: 0, nextAttemptAt: sql`now()`, deliveredAt: null })
    .where(and(eq(id, deliveryId), eq(webhookDeliveries.webhookId, webhook.id)))
    .returning(shape)
  if (!again) throw new ProblemError('not-found')
  return again
}

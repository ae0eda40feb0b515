import { and, arrayContains, eq, isNotNull, isNull, not, or } from 'drizzle-orm'
import type { WebhookEvent } from '../contract/webhooks.ts'
import type { Db } from './client.ts'
import { channels } from './schema/channels.ts'
import { updates } from './schema/updates.ts'
import { webhookDeliveries, webhooks } from './schema/webhooks.ts'

/** What a webhook is sent (Standard Webhooks): what happened, when, and to what. Ids and titles; the rest is asked of the API. */
export const webhookBody = (type: string, data: Record<string, unknown>): string =>
  JSON.stringify({ type, timestamp: new Date().toISOString(), data })

/** Has the webhooks of a workspace told, in the transaction of what happens. */
export async function tellWebhooks(
  tx: Db,
  workspaceId: string,
  event: WebhookEvent,
  data: Record<string, unknown>,
): Promise<void> {
  const listening = await tx
    .select({ webhookId: webhooks.id })
    .from(webhooks)
    .where(and(eq(webhooks.workspaceId, workspaceId), isNull(webhooks.disabledAt), arrayContains(webhooks.events, [event])))
  if (listening.length === 0) return
  const body = webhookBody(event, { workspaceId, ...data })
  await tx.insert(webhookDeliveries).values(listening.map(({ webhookId }) => ({ webhookId, event, body })))
}

/** Just so of an update, if the whole workspace sees it: neither of drafts nor of what is in a private channel or a pairing. */
export async function tellWebhooksOf(
  tx: Db,
  updateId: string,
  event: WebhookEvent,
  data: Record<string, unknown> = {},
): Promise<void> {
  const isSeenByAll = and(
    isNotNull(updates.publishedAt),
    not(updates.isApart),
    or(isNull(channels.id), eq(channels.isPrivate, false)),
  )
  const [update] = await tx
    .select({ workspaceId: updates.workspaceId, title: updates.title, authorId: updates.authorId, channelId: updates.channelId })
    .from(updates)
    .leftJoin(channels, eq(channels.id, updates.channelId))
    .where(and(eq(updates.id, updateId), isSeenByAll))
  if (!update) return
  const { workspaceId, channelId, ...about } = update
  // What is gone is not named any more.
  await tellWebhooks(tx, workspaceId, event, { updateId, channelId, ...(event === 'update.deleted' ? {} : about), ...data })
}

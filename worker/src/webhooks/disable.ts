import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq, isNull, sql } from 'drizzle-orm'

const { auditEvents, webhooks } = schema

/** Tells a webhook nothing more, and those who look after it why: in the settings and on record. */
export const disableWebhook = (db: Db, webhookId: string): Promise<void> =>
  db.transaction(async (tx) => {
    const [row] = await tx
      .update(webhooks)
      .set({ disabledAt: sql`now()` })
      .where(and(eq(webhooks.id, webhookId), isNull(webhooks.disabledAt)))
      .returning()
    if (!row) return
    await tx.insert(auditEvents).values({
      workspaceId: row.workspaceId,
      action: 'webhook.disabled',
      targetType: 'webhook',
      targetId: row.id,
      targetName: new URL(row.url).host,
    })
  })

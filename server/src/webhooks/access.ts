import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { and, eq } from 'drizzle-orm'
import type { Viewer } from '../session.ts'

const { webhooks } = schema
export type WebhookRow = typeof webhooks.$inferSelect

/** A webhook of an admin's workspace. @throws {ProblemError} `not-found` */
export async function requireWebhook(db: Db, webhookId: string, { workspace }: Viewer): Promise<WebhookRow> {
  const [found] = await db
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.id, webhookId), eq(webhooks.workspaceId, workspace.id)))
  if (!found) throw new ProblemError('not-found')
  return found
}

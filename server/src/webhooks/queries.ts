import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { Webhook, WebhookChange, WebhookDraft } from '@meanwhile/shared/contract/webhooks'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { asc, eq, sql } from 'drizzle-orm'
import { recordAudit } from '../audit/record-audit.ts'
import type { Viewer } from '../session.ts'
import type { WebhookRow } from './access.ts'

const { webhooks, workspaces } = schema

/** More than anybody looks after. */
const mostWebhooks = 20

type By = { actor: Viewer; from: string }

const shown = ({ id, url, events, createdAt, disabledAt }: WebhookRow): Webhook => ({ id, url, events, createdAt, disabledAt })
/** Its path may hold a secret of the other system. */
const targetOf = ({ id, url }: WebhookRow) => ({ type: 'webhook', id, name: new URL(url).host })

export const webhooksOf = async (db: Db, workspaceId: string): Promise<Webhook[]> =>
  (
    await db
      .select()
      .from(webhooks)
      .where(eq(webhooks.workspaceId, workspaceId))
      .orderBy(asc(webhooks.createdAt), asc(webhooks.id))
  ).map(shown)

/** @throws {ProblemError} `too-many-webhooks` */
export const addWebhook = (db: Db, { url, events }: WebhookDraft, { actor, from }: By) =>
  db.transaction(async (tx) => {
    const { id: workspaceId } = actor.workspace
    // One after the other, so that nobody gets past the limit.
    await tx.select({ id: workspaces.id }).from(workspaces).where(eq(workspaces.id, workspaceId)).for('no key update')
    if ((await tx.$count(webhooks, eq(webhooks.workspaceId, workspaceId))) >= mostWebhooks)
      throw new ProblemError('too-many-webhooks', 'Delete one that nobody uses.')
    const row = one(
      await tx
        .insert(webhooks)
        .values({ workspaceId, url, events: [...new Set(events)] })
        .returning(),
    )
    await recordAudit(tx, { actor, action: 'webhook.created', target: targetOf(row), details: { events: row.events }, from })
    return { ...shown(row), secretVersion: row.secretVersion }
  })

/** Another address, other events, on or off. What the change says already is no change, and not on record. */
export const changeWebhook = (db: Db, { id }: WebhookRow, { url, events, enabled }: WebhookChange, { actor, from }: By) =>
  db.transaction(async (tx): Promise<Webhook> => {
    const [before] = await tx.select().from(webhooks).where(eq(webhooks.id, id)).for('update')
    if (!before) throw new ProblemError('not-found')
    const told = events && [...new Set(events)]
    const isSame = told && told.length === before.events.length && told.every((each) => before.events.includes(each))
    const isOn = before.disabledAt === null
    const disabledAt = enabled === undefined || enabled === isOn ? {} : { disabledAt: enabled ? null : sql`now()` }
    const values = { ...(url && url !== before.url ? { url } : {}), ...(told && !isSame ? { events: told } : {}), ...disabledAt }
    if (Object.keys(values).length === 0) return shown(before)
    const after = one(await tx.update(webhooks).set(values).where(eq(webhooks.id, id)).returning())
    const by = { actor, target: targetOf(after), from }
    if (values.url || values.events) {
      const address = new URL(before.url).host === new URL(after.url).host ? {} : { before: new URL(before.url).host }
      await recordAudit(tx, { ...by, action: 'webhook.changed', details: { ...address, events: after.events } })
    }
    if ('disabledAt' in values) await recordAudit(tx, { ...by, action: enabled ? 'webhook.enabled' : 'webhook.switched-off' })
    return shown(after)
  })

export const deleteWebhook = (db: Db, webhook: WebhookRow, { actor, from }: By) =>
  db.transaction(async (tx) => {
    const [gone] = await tx.delete(webhooks).where(eq(webhooks.id, webhook.id)).returning({ id: webhooks.id })
    if (gone) await recordAudit(tx, { actor, action: 'webhook.deleted', target: targetOf(webhook), from })
  })

/** From now on another secret signs. */
export const rotateWebhook = (db: Db, webhook: WebhookRow, { actor, from }: By) =>
  db.transaction(async (tx) => {
    const secretVersion = sql`${webhooks.secretVersion} + 1`
    const row = one(await tx.update(webhooks).set({ secretVersion }).where(eq(webhooks.id, webhook.id)).returning())
    await recordAudit(tx, { actor, action: 'webhook.secret-rotated', target: targetOf(webhook), from })
    return { ...shown(row), secretVersion: row.secretVersion }
  })

export const enableWebhook = (db: Db, webhook: WebhookRow, { actor, from }: By): Promise<Webhook> =>
  db.transaction(async (tx) => {
    const row = one(await tx.update(webhooks).set({ disabledAt: null }).where(eq(webhooks.id, webhook.id)).returning())
    if (webhook.disabledAt) await recordAudit(tx, { actor, action: 'webhook.enabled', target: targetOf(webhook), from })
    return shown(row)
  })

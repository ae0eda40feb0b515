import { performance } from 'node:perf_hooks'
import { type Db, schema } from '@meanwhile/shared/db/client'
import type { Log } from '@meanwhile/shared/platform/log'
import { OutboundRefused, type OutboundRules, postOutbound } from '@meanwhile/shared/platform/outbound'
import { webhookHeaders, webhookSecret } from '@meanwhile/shared/platform/webhook-signature'
import { and, eq, sql } from 'drizzle-orm'
import { disableWebhook } from './disable.ts'
import { retryAfterSeconds } from './retries.ts'

const { webhookDeliveries } = schema

/** As many as are sent at once. */
const batch = 20
/** As many of one webhook, so that a slow one does not hold up the others. */
const fairShare = 4
/** A worker that dies while it sends leaves the message to another after this. */
const leaseSeconds = 60
const answerLength = 1_000

export type Delivering = { db: Db; log: Log; authSecret: string; rules: OutboundRules; signal?: AbortSignal }

type Due = { id: string; webhook_id: string; body: string; attempts: number; url: string; secret_version: number }

/** Takes messages whose time has come, for this worker alone. */
const takeDue = (db: Db) =>
  db.execute<Due>(sql`
    update webhook_deliveries as delivery
    set attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => ${leaseSeconds})
    from webhooks
    where webhooks.id = delivery.webhook_id and delivery.id in (
      select id from webhook_deliveries where next_attempt_at <= now() and id in (
        select id from (
          select due.id, due.next_attempt_at, row_number() over (partition by due.webhook_id order by due.next_attempt_at) as turn
          from webhook_deliveries due join webhooks hook on hook.id = due.webhook_id
          where due.next_attempt_at <= now() and hook.disabled_at is null) waiting
        where turn <= ${fairShare} order by next_attempt_at limit ${batch})
      for update skip locked)
    returning delivery.id, delivery.webhook_id, delivery.body, delivery.attempts, webhooks.url, webhooks.secret_version`)

type Outcome = { status: number | null; answer: string | null; error: string | null }

async function send({ authSecret, rules }: Delivering, due: Due): Promise<Outcome> {
  const secret = webhookSecret(authSecret, due.webhook_id, due.secret_version)
  const signed = webhookHeaders({ id: `msg_${due.id}`, body: due.body, secret, at: new Date() })
  const headers = { ...signed, 'content-type': 'application/json', 'user-agent': 'Meanwhile-Webhooks' }
  try {
    const { status, text } = await postOutbound({ url: due.url, headers, body: due.body }, rules)
    return { status, answer: text.replaceAll('\0', '').slice(0, answerLength), error: null }
  } catch (error) {
    return { status: null, answer: null, error: reasonOf(error) }
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof OutboundRefused) return error.message
  // The deadline, while the name is looked up and once there is a request.
  if (error instanceof Error && /^(Timeout|Abort)Error$/.test(error.name)) return 'No answer within 5 seconds'
  return error instanceof Error && 'code' in error ? `No connection (${error.code})` : 'No connection'
}

async function hasArrivedSince(db: Db, { id, webhook_id }: Due): Promise<boolean> {
  const [found] = await db.execute(sql`select 1 from webhook_deliveries other join webhook_deliveries this on this.id = ${id}
    where other.webhook_id = ${webhook_id} and other.delivered_at > this.created_at limit 1`)
  return found !== undefined
}

/** Writes down what became of an attempt; of one that took too long, so that another was made, nothing. */
async function settle({ db, log }: Delivering, due: Due, outcome: Outcome, durationMs: number) {
  const arrived = outcome.status !== null && outcome.status >= 200 && outcome.status < 300
  const waitSeconds = retryAfterSeconds(due.attempts)
  const next = arrived || waitSeconds === null ? null : sql`now() + make_interval(secs => ${waitSeconds})`
  const isThis = and(eq(webhookDeliveries.id, due.id), eq(webhookDeliveries.attempts, due.attempts))
  await db
    .update(webhookDeliveries)
    .set({ ...outcome, durationMs, nextAttemptAt: next, ...(arrived ? { deliveredAt: sql`now()` } : {}) })
    .where(isThis)
  const isGone = outcome.status === 410
  const isGivenUp = !arrived && waitSeconds === null
  // One message that a receiver never takes says nothing about the others.
  if (isGone || (isGivenUp && !(await hasArrivedSince(db, due)))) await disableWebhook(db, due.webhook_id)
  log.info(
    { deliveryId: due.id, webhookId: due.webhook_id, status: outcome.status, attempts: due.attempts },
    'a webhook was told',
  )
}

async function deliver(delivering: Delivering, due: Due): Promise<void> {
  const began = performance.now()
  const outcome = await send(delivering, due)
  await settle(delivering, due, outcome, Math.round(performance.now() - began))
}

/** Sends what is due, until nothing is. What fails is tried again later and later, for more than a day. @returns how many were tried */
export async function deliverDue(delivering: Delivering): Promise<number> {
  let tried = 0
  while (!delivering.signal?.aborted) {
    const due = await takeDue(delivering.db)
    if (due.length === 0) break
    await Promise.all(due.map((each) => deliver(delivering, each)))
    tried += due.length
  }
  return tried
}

/** Keeps the log of a month. */
export async function forgetDeliveries(db: Db): Promise<void> {
  await db.delete(webhookDeliveries).where(sql`${webhookDeliveries.createdAt} < now() - interval '30 days'`)
}

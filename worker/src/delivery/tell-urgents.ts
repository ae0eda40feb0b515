import { addUrgentMail } from '@meanwhile/shared/db/add-urgent-mail'
import { type Db, schema } from '@meanwhile/shared/db/client'
import type { MailSite } from '@meanwhile/shared/platform/mail-site'
import { type OutboundRules, postOutbound } from '@meanwhile/shared/platform/outbound'
import { and, eq, sql } from 'drizzle-orm'

const { urgents } = schema

const batch = 20
const leaseSeconds = 60
/** After that it goes by mail: what cannot wait does not wait for an address that does not answer. */
const mostAttempts = 4
const pauseSeconds = 10

type Due = {
  id: string
  comment_id: string
  asker_id: string
  receiver_id: string
  reason: string
  attempts: number
  url: string | null
  asker: string
  update_id: string
}

const takeDue = (db: Db, now: Date) =>
  db.execute<Due>(sql`
    update urgents set attempts = attempts + 1, next_attempt_at = ${now.toISOString()}::timestamptz + make_interval(secs => ${leaseSeconds})
    from comments, users asker, users receiver left join delivery_rules rules on rules.user_id = receiver.id
    where comments.id = urgents.comment_id and asker.id = urgents.asker_id and receiver.id = urgents.receiver_id
      and urgents.id in (select id from urgents where next_attempt_at <= ${now.toISOString()}::timestamptz
        order by next_attempt_at limit ${batch} for update skip locked)
    returning urgents.id, urgents.comment_id, urgents.asker_id, urgents.receiver_id, urgents.reason, urgents.attempts,
      rules.urgent_url as url, asker.name as asker, comments.update_id`)

async function isTold({ url, asker, reason, update_id, comment_id }: Due, { site, rules }: Telling): Promise<boolean> {
  if (!url) return false
  const link = `${site.publicUrl}/u/${update_id}?c=${comment_id}`
  const body = JSON.stringify({ text: `${asker} says that this cannot wait: ${reason}\n${link}`, from: asker, reason, url: link })
  const headers = { 'content-type': 'application/json', 'user-agent': 'Meanwhile-Urgent' }
  try {
    const { status } = await postOutbound({ url, headers, body }, rules)
    return status >= 200 && status < 300
  } catch {
    return false
  }
}

type Telling = { site: MailSite; rules: OutboundRules }

async function tell(db: Db, telling: Telling, due: Due, now: Date): Promise<void> {
  const isThis = and(eq(urgents.id, due.id), eq(urgents.attempts, due.attempts))
  if (await isTold(due, telling))
    return void (await db.update(urgents).set({ deliveredAt: now, nextAttemptAt: null }).where(isThis))
  if (due.attempts < mostAttempts && due.url)
    return void (await db
      .update(urgents)
      .set({ nextAttemptAt: new Date(now.getTime() + pauseSeconds * due.attempts * 1000) })
      .where(isThis))
  await db.transaction(async (tx) => {
    const settled = await tx.update(urgents).set({ channel: 'mail', nextAttemptAt: null }).where(isThis).returning()
    const [row] = settled
    if (row && (await addUrgentMail(tx, telling.site, row)))
      await tx.update(urgents).set({ deliveredAt: now }).where(eq(urgents.id, row.id))
  })
}

/** Tells the webhooks of those who chose one what cannot wait; where none answers within a minute, a mail goes out. @returns how many were tried */
export async function tellUrgents(db: Db, telling: Telling, now: Date): Promise<number> {
  const due = await takeDue(db, now)
  await Promise.all(due.map((each) => tell(db, telling, each, now)))
  return due.length
}

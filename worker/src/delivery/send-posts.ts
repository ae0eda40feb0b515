import { type Db, schema } from '@meanwhile/shared/db/client'
import { OutboundRefused, type OutboundRules, postOutbound } from '@meanwhile/shared/platform/outbound'
import { and, eq, sql } from 'drizzle-orm'
import { retryAfterSeconds } from '../webhooks/retries.ts'

const { channelPosts } = schema

const batch = 10
const leaseSeconds = 60

type Due = { id: string; body: string; attempts: number; url: string }

const takeDue = (db: Db, now: Date) =>
  db.execute<Due>(sql`
    update channel_posts post set attempts = attempts + 1, next_attempt_at = ${now.toISOString()}::timestamptz + make_interval(secs => ${leaseSeconds})
    from post_targets target
    where target.id = post.target_id and post.id in (select id from channel_posts where next_attempt_at <= ${now.toISOString()}::timestamptz
      order by next_attempt_at limit ${batch} for update skip locked)
    returning post.id, post.body, post.attempts, target.url`)

/** Why it did not arrive; null when it did. */
async function failureOf({ url, body }: Due, rules: OutboundRules): Promise<string | null> {
  const headers = { 'content-type': 'application/json', 'user-agent': 'Meanwhile-Posts' }
  try {
    const { status } = await postOutbound({ url, headers, body }, rules)
    return status >= 200 && status < 300 ? null : `It was answered with ${status}`
  } catch (error) {
    return error instanceof OutboundRefused ? error.message : 'It could not be reached'
  }
}

/** Posts what waits, until it arrives or more than a day has passed. @returns how many were tried */
export async function sendPosts(db: Db, rules: OutboundRules, now: Date): Promise<number> {
  const due = await takeDue(db, now)
  await Promise.all(
    due.map(async (each) => {
      const failure = await failureOf(each, rules)
      const wait = retryAfterSeconds(each.attempts)
      const next = failure === null || wait === null ? null : new Date(now.getTime() + wait * 1000)
      await db
        .update(channelPosts)
        .set({ failure, nextAttemptAt: next, ...(failure === null ? { deliveredAt: now } : {}) })
        .where(and(eq(channelPosts.id, each.id), eq(channelPosts.attempts, each.attempts)))
    }),
  )
  return due.length
}

/** Keeps what a month of them said. */
export async function forgetPosts(db: Db): Promise<void> {
  await db.delete(channelPosts).where(sql`${channelPosts.createdAt} < now() - interval '30 days'`)
}

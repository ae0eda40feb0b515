import type { Db } from '@meanwhile/shared/db/client'
import { liveEvents } from '@meanwhile/shared/db/schema/events'
import { lt, or, sql } from 'drizzle-orm'

/** What one stream may have missed and is still told. Whoever was away longer reads everything again. */
const keptHours = 24
const keptEvents = 100_000

/** Deletes the events that no stream goes on from. Several workers may do it at once. */
export async function forgetEvents(db: Db, { hours = keptHours, events = keptEvents } = {}): Promise<void> {
  const isOld = lt(liveEvents.createdAt, sql`now() - make_interval(hours => ${hours})`)
  const isBehind = lt(liveEvents.seq, sql`(select max(seq) from live_events) - ${events}`)
  await db.delete(liveEvents).where(or(isOld, isBehind))
}

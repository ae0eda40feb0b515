import { sql } from 'drizzle-orm'
import type { LiveEvent } from '../contract/events.ts'
import type { Db } from './client.ts'

/** The channel that every API process listens on. */
export const liveChannel = 'meanwhile'

export type LiveNotice = { workspaceId: string; event: LiveEvent }

/** Tells every API process that something changed; inside a transaction it is told at commit. */
export async function notify(db: Db, workspaceId: string, event: LiveEvent): Promise<void> {
  const notice: LiveNotice = { workspaceId, event }
  await db.execute(sql`select pg_notify(${liveChannel}, ${JSON.stringify(notice)})`)
}

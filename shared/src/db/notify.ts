import type { LiveEvent } from '../contract/events.ts'
import type { Db } from './client.ts'
import { liveEvents } from './schema/events.ts'

/** The channel that every API process listens on. What is said there is only that there are events to read. */
export const liveChannel = 'meanwhile'

/**
 * Writes down that something changed; at commit every API process is told, and reads it. Part of the transaction that makes the
 * change: neither is there without the other.
 * @param options.userId the only person who hears it
 */
export async function notify(db: Db, workspaceId: string, event: LiveEvent, options: { userId?: string } = {}): Promise<void> {
  await db.insert(liveEvents).values({ workspaceId, event, ...options })
}

/** Just so to each of these people alone. */
export async function notifyEach(db: Db, workspaceId: string, event: LiveEvent, userIds: readonly string[]): Promise<void> {
  if (userIds.length > 0) await db.insert(liveEvents).values(userIds.map((userId) => ({ workspaceId, event, userId })))
}

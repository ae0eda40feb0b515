import type { LiveEvent } from '@meanwhile/shared/contract/events'
import { type Db, type Sql, schema } from '@meanwhile/shared/db/client'
import { type LiveNotice, liveChannel } from '@meanwhile/shared/db/notify'
import type { Log } from '@meanwhile/shared/platform/log'
import { eq } from 'drizzle-orm'
import type { Viewer } from '../session.ts'
import { isVisible } from '../updates/access.ts'

export type Listener = { viewer: Viewer; send(event: LiveEvent): void; end(): void }

/** Hands what PostgreSQL notifies to the streams of those who may see the update. One a process. */
export async function openHub(db: Db, sql: Sql, log: Log) {
  const listeners = new Set<Listener>()

  async function deliver({ workspaceId, event }: LiveNotice) {
    const there = [...listeners].filter(({ viewer }) => viewer.workspace.id === workspaceId)
    if (there.length === 0) return
    const [update] = await db.select().from(schema.updates).where(eq(schema.updates.id, event.updateId))
    // Of an update in the trash only its disappearance may be heard, by those who saw it.
    for (const { viewer, send } of there) if (update && isVisible({ ...update, trashedAt: null }, viewer)) send(event)
  }

  const subscription = await sql.listen(liveChannel, (payload) => {
    deliver(JSON.parse(payload) as LiveNotice).catch((error) => log.warn({ err: error }, 'a live event was not delivered'))
  })

  return {
    /** Returns the function that ends it. */
    add(listener: Listener): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    countOf: (viewerId: string) => [...listeners].filter(({ viewer }) => viewer.id === viewerId).length,
    /** Ends every stream; the browsers connect again, to another process or later. */
    endAll() {
      for (const { end } of listeners) end()
    },
    close: () => subscription.unlisten(),
  }
}
export type Hub = Awaited<ReturnType<typeof openHub>>

import type { Db, Sql } from '@meanwhile/shared/db/client'
import { liveChannel } from '@meanwhile/shared/db/notify'
import type { Log } from '@meanwhile/shared/platform/log'
import type { Reader } from '../session.ts'
import { audienceOf, batch, eventsAfter, type LiveRow, newestSeq } from './log.ts'

/** `hear` gets every event that this viewer may hear, in order; `pass` the number up to which everything was looked at. */
export type Listener = { viewer: Reader; hear(row: LiveRow): void; pass(seq: number): void; end(): void }

/** A database that is away is asked again after this long, in ms. */
const againMs = 1_000

/**
 * Reads the log of events whenever PostgreSQL says that there is something new, and hands each event to the streams of those who may
 * hear it. One a process; several processes read the same log in the same order.
 */
export async function openHub(db: Db, sql: Sql, log: Log) {
  const listeners = new Set<Listener>()
  let position = 0
  let isOpen = false
  let reading: Promise<void> | null = null
  let isWanted = false
  let retry: NodeJS.Timeout | undefined

  async function deliver(rows: LiveRow[]) {
    const there = [...listeners]
    const audience = there.length > 0 ? await audienceOf(db, rows) : null
    for (const row of rows) {
      position = row.seq
      // Who joined while the audience was looked up begins at the position of that moment, and must get these too.
      for (const listener of listeners) if (audience?.hears(listener.viewer, row)) listener.hear(row)
    }
    for (const listener of listeners) listener.pass(position)
  }

  async function readOn() {
    for (;;) {
      const rows = await eventsAfter(db, position)
      if (rows.length === 0) return
      await deliver(rows)
      if (rows.length < batch) return
    }
  }

  /** Reads now, or once more after the reading that is under way. */
  function wake() {
    isWanted = true
    if (!isOpen || reading) return
    clearTimeout(retry)
    isWanted = false
    reading = readOn()
      .catch((error) => {
        log.warn({ err: error }, 'live events could not be read; they will be')
        retry = setTimeout(wake, againMs)
        retry.unref()
      })
      .finally(() => {
        reading = null
        if (isWanted) wake()
      })
  }

  // It is called again whenever the connection is: what was written while it was away is read then.
  const subscription = await sql.listen(liveChannel, wake, wake)
  position = await newestSeq(db)
  isOpen = true
  wake()

  return {
    /** Up to where events were handed out. What comes later goes to every listener that is there by then. */
    get position() {
      return position
    },
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
    async close() {
      isOpen = false
      clearTimeout(retry)
      await subscription.unlisten()
      await reading
    },
  }
}
export type Hub = Awaited<ReturnType<typeof openHub>>

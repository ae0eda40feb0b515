import type { StreamStart } from '@meanwhile/shared/contract/events'
import type { Db } from '@meanwhile/shared/db/client'
import type { Reader } from '../session.ts'
import type { Hub } from './hub.ts'
import { audienceOf, batch, eventsAfter, isKept, type LiveRow } from './log.ts'

/** Who was away longer reads everything again: that is less than all that happened. */
const mostReplayed = 10 * batch
/** Of what a slow reader has not taken yet, in bytes. It comes again, and goes on where it was. */
const mostWaiting = 1024 * 1024

type Out = { write(text: string): unknown; end(): void; readonly writableLength: number }

const message = (seq: number, type: string, data: unknown) => `id: ${seq}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`

/**
 * Writes a stream of events: first where it starts, then what was missed since `after`, then what happens. Each has a number, so that a
 * stream which is interrupted goes on with `after`; in between nothing is left out and nothing comes twice.
 * @param after null for a stream that begins now; undefined for a position that nobody can know
 */
export function openStream({ db, hub }: { db: Db; hub: Hub }, out: Out, viewer: Reader, after: number | null | undefined) {
  let at = after ?? 0
  let waiting: LiveRow[] | null = []
  let isOver = false

  const end = () => {
    isOver = true
    out.end()
  }
  const write = (text: string) => {
    if (isOver) return
    out.write(text)
    if (out.writableLength > mostWaiting) end()
  }
  const tell = ({ seq, event }: LiveRow) => {
    if (seq <= at) return
    at = seq
    write(message(seq, event.type, event))
    // Who this person is by now is asked when they come again.
    if (event.type === 'viewer') end()
  }
  const listener = {
    viewer,
    end,
    hear: (row: LiveRow) => (waiting ? void waiting.push(row) : tell(row)),
    pass: (seq: number) => {
      if (!waiting) at = Math.max(at, seq)
    },
  }
  const remove = hub.add(listener)
  const joinedAt = hub.position

  const isTold = async () => after !== undefined && after !== null && joinedAt - after <= mostReplayed && isKept(db, after)

  async function replay(from: number) {
    for (let seq = from; seq < joinedAt && !isOver; ) {
      const rows = await eventsAfter(db, seq, joinedAt)
      const audience = await audienceOf(db, rows)
      for (const row of rows) if (audience.hears(listener.viewer, row)) tell(row)
      seq = rows.length < batch ? joinedAt : (rows.at(-1)?.seq ?? joinedAt)
    }
  }

  async function begin() {
    const goesOn = await isTold()
    if (!goesOn) at = joinedAt
    const start: StreamStart = { type: 'start', missed: after !== null && !goesOn }
    write(`retry: 2000\n${message(at, 'start', start)}`)
    if (goesOn) await replay(at)
    const late = waiting ?? []
    waiting = null
    for (const row of late) tell(row)
  }

  return {
    begin,
    remove,
    end,
    /** A sign of life, with the number up to which nothing concerned this viewer. */
    beat: () => write(`id: ${at}\n: still here\n\n`),
    /** Who they are may have changed. */
    setViewer(now: Reader) {
      listener.viewer = now
    },
  }
}

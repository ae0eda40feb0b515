import { deferred } from './channel.ts'
import type { Segment } from './segment.ts'

export type SpooledSegment = Segment & { sha256: string }

/** Where recorded segments are until the server has them. The uploader reads from here only, never from the encoder. */
export type Spool = {
  readonly videoId: string
  /** The highest number that was appended; 0 when there is at most the init segment. */
  readonly last: number
  /** How many segments the server has confirmed; the init segment is not counted. */
  readonly confirmed: number
  /** Hashes and keeps a segment. Segments come in the order of their numbers. */
  append(segment: Segment): Promise<void>
  /** The segments from a number on that are still here, then those to come; ends after `close`. */
  read(from: number): AsyncIterable<SpooledSegment>
  /** The server has stored this segment: it need not be kept. */
  confirm(number: number): Promise<void>
  /** The recording is complete. */
  close(): Promise<void>
  /** Throws everything away. */
  discard(): Promise<void>
}

/** A spool in memory: what the server has not confirmed is lost with the tab. */
export async function openSpool(videoId: string): Promise<Spool> {
  const kept = new Map<number, SpooledSegment>()
  let last = 0
  let confirmed = 0
  let closed = false
  let change = deferred()

  function announce() {
    const announced = change
    change = deferred()
    announced.resolve()
  }
  const next = (from: number) => [...kept.keys()].filter((number) => number >= from).sort((a, b) => a - b)[0]

  return {
    videoId,
    get last() {
      return last
    },
    get confirmed() {
      return confirmed
    },
    async append(segment) {
      const sha256 = await sha256Of(segment.bytes)
      kept.set(segment.number, { ...segment, sha256 })
      last = Math.max(last, segment.number)
      announce()
    },
    async *read(from) {
      for (let wanted = from; ; ) {
        const { promise: changed } = change
        const number = next(wanted)
        const segment = number === undefined ? undefined : kept.get(number)
        if (segment) {
          wanted = segment.number + 1
          yield segment
        } else if (closed) return
        else await changed
      }
    },
    async confirm(number) {
      if (kept.delete(number) && number > 0) confirmed++
    },
    async close() {
      closed = true
      announce()
    },
    async discard() {
      kept.clear()
      closed = true
      announce()
    },
  }
}

async function sha256Of(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

import { sha256Of } from '../recorder/spool/sha256.ts'
import type { SpooledSegment } from '../recorder/spool/spool.ts'
import type { SpoolTotals } from '../recorder/spool/spool-contents.ts'
import type { UploadSource } from '../recorder/upload/uploader.ts'
import type { Cutter } from './cut/open-cutter.ts'

/** First and last number of each run of segments that the server has. */
export type Ranges = readonly (readonly [number, number])[]

/** What is sent although the server has it: it answers whether these are the same bytes. */
function probes(there: Ranges): Set<number> {
  const last = Math.max(0, ...there.map(([, to]) => to))
  return new Set([0, 1, Math.ceil(last / 2), last])
}

/**
 * A file that is being cut, as the uploader reads it: a segment is cut when there is room to send it, and forgotten once the server has
 * it. What the server had before is cut again and not sent again, except for a few that show that the cuts are the same.
 */
export function cutSource(cutter: Cutter, there: Ranges, onSent: (share: number) => void): UploadSource {
  const totals: Required<Pick<SpoolTotals, 'main'>> = { main: { segments: 0, durationMs: 0, sizeBytes: 0 } }
  const held = new Map<number, SpooledSegment>()
  const again = probes(there)
  const isThere = (number: number) => there.some(([from, to]) => from <= number && number <= to)
  let [sent, sentMs, total] = [0, 0, 0]

  function settle({ number, durationMs }: SpooledSegment) {
    held.delete(number)
    sent++
    sentMs += durationMs
    onSent(Math.min(1, sentMs / Math.max(1, cutter.durationMs)))
  }
  return {
    note: { clockMs: cutter.durationMs, chapters: [], layout: null, closed: true },
    totals,
    get sent() {
      return sent
    },
    get total() {
      return total
    },
    async *read() {
      for (let segment = await cutter.next(); segment; segment = await cutter.next()) {
        const { bytes, ...facts } = segment
        const spooled = { ...facts, sha256: await sha256Of(bytes), sizeBytes: bytes.length, body: new Blob([bytes]) }
        total++
        totals.main.segments = Math.max(totals.main.segments, segment.number)
        totals.main.durationMs += segment.durationMs
        totals.main.sizeBytes += bytes.length
        if (isThere(segment.number) && !again.has(segment.number)) settle(spooled)
        else {
          held.set(segment.number, spooled)
          yield spooled
        }
      }
    },
    get: async (_, number) => held.get(number) ?? null,
    async confirm(_, number) {
      const segment = held.get(number)
      if (segment) settle(segment)
    },
  }
}

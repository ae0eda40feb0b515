import { type Init, type Run, spanOf } from '@meanwhile/shared/media/cmaf'

/** A stored number of a track, as its row says; `init` alone is an init segment, with `runs` a filled part. */
export type StoredNumber = { number: number; init: Init | null; runs: Run[] | null; filled: boolean }

type Range = [fromMs: number, toMs: number]

/** Media that is there, and the number of the init segment that describes it: its own, of a filled part. */
export type Neighbour = { number: number; init: number }

/** Numbers of a track that are missing between two that are there. `picture` and `sound` are the times without any. */
export type Hole = { numbers: number[]; before: Neighbour; after: Neighbour; picture: Range | null; sound: Range | null }

type Media = Neighbour & { spans: Record<'video' | 'audio', Range | null> }

/** One missing segment is not longer than that: more is a clock that jumped. */
const longestMs = 60_000
/** Less is no time at all: what is missing there was no media. */
const shortestMs = 1

function mediaOf(rows: StoredNumber[]): Media[] {
  let current: StoredNumber | undefined
  return rows.flatMap((row) => {
    if (row.init && !row.filled) current = row
    const described = row.filled ? row : current
    if (!row.runs || !described?.init) return []
    const [init, runs] = [described.init, row.runs]
    const range = (kind: 'video' | 'audio'): Range | null => {
      const span = spanOf(init, { runs }, kind)
      return span && [span.startMs, span.startMs + span.durationMs]
    }
    return [{ number: row.number, init: described.number, spans: { video: range('video'), audio: range('audio') } }]
  })
}

function between(before: Media, after: Media, kind: 'video' | 'audio'): Range | null {
  const [from, to] = [before.spans[kind]?.[1], after.spans[kind]?.[0]]
  return from === undefined || to === undefined ? null : [from, to]
}

const lengthOf = (range: Range) => range[1] - range[0]

/**
 * The holes of a track that can be filled, in order: those with media before and behind them, and time between that the missing
 * segments can have had. The first that cannot be filled ends it: nothing behind it is played.
 * @param rows all that is stored of the track, by number
 */
export function holesIn(rows: StoredNumber[]): Hole[] {
  const media = mediaOf(rows)
  const stored = new Set(rows.map(({ number }) => number))
  const holes: Hole[] = []
  for (const [index, after] of media.entries()) {
    const before = media[index - 1]
    const first = (before?.number ?? -1) + 1
    const numbers = Array.from({ length: after.number - first }, (_, step) => first + step).filter(
      (number) => !stored.has(number),
    )
    if (numbers.length === 0) continue
    const [picture, sound] = before ? [between(before, after, 'video'), between(before, after, 'audio')] : [null, null]
    const missing = picture ?? sound
    if (!before || !missing || lengthOf(missing) < shortestMs || lengthOf(missing) > longestMs * numbers.length) return holes
    holes.push({ numbers, before: asNeighbour(before), after: asNeighbour(after), picture, sound })
  }
  return holes
}

const asNeighbour = ({ number, init }: Media): Neighbour => ({ number, init })

/** A range in so many equal parts. */
export const shares = ([from, to]: Range, count: number): Range[] =>
  Array.from({ length: count }, (_, number) => [
    from + ((to - from) * number) / count,
    from + ((to - from) * (number + 1)) / count,
  ])

/**
 * How many packets of sound each part has, so that none is missing and none is too many at its end: the nearest whole number up to then.
 * @param packetMs how long one is
 */
export function packetsIn(ranges: Range[], packetMs: number): number[] {
  const start = ranges[0]?.[0] ?? 0
  const until = (ms: number) => Math.round((ms - start) / packetMs)
  return ranges.map(([from, to]) => until(to) - until(from))
}

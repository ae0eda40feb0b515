import type { SpoolTrack } from '../segment.ts'
import type { SegmentFacts, SpoolLine, SpoolNote } from './spool-note.ts'

export type SpoolEntry = SegmentFacts & { confirmed: boolean; kept: boolean }
export const factsOf = ({ confirmed: _, kept: __, ...facts }: SpoolEntry): SegmentFacts => facts

export type TrackTotals = { segments: number; durationMs: number; sizeBytes: number }
export type SpoolTotals = Partial<Record<SpoolTrack, TrackTotals>>

type TrackContents = {
  entries: Map<number, SpoolEntry>
  last: number
  durationMs: number
  sizeBytes: number
  /** The first number that the server has not confirmed; `confirmedMs` is the length before it. */
  wanted: number
  confirmedMs: number
}

/** What a spool holds, as its log tells. Pure: the log is written elsewhere. */
export class SpoolContents {
  note: SpoolNote | undefined
  aliveAt = 0
  /** In the order in which they were recorded, all tracks together. */
  readonly entries: SpoolEntry[] = []
  readonly #tracks = new Map<SpoolTrack, TrackContents>()
  #confirmed = 0

  constructor(lines: Iterable<SpoolLine> = []) {
    for (const line of lines) this.apply(line)
  }

  apply(line: SpoolLine): void {
    if ('note' in line) this.note = line.note
    else if ('segment' in line) this.#add(line.segment, line.clockMs)
    else if ('confirmed' in line) this.#confirm(...line.confirmed)
    else if ('dropped' in line) this.#drop(...line.dropped)
    else if ('aliveAt' in line) this.aliveAt = line.aliveAt
    else this.#forgetServer()
  }

  find = (track: SpoolTrack, number: number): SpoolEntry | undefined => this.#tracks.get(track)?.entries.get(number)

  /** The highest number of a track; 0 when there is at most its init segment. */
  lastOf = (track: SpoolTrack): number => this.#tracks.get(track)?.last ?? 0

  /** The number up to which the server has everything; -1 when it has nothing. */
  confirmedOf = (track: SpoolTrack): number => (this.#tracks.get(track)?.wanted ?? 0) - 1

  get totals(): SpoolTotals {
    return Object.fromEntries(
      [...this.#tracks].map(([track, { last, durationMs, sizeBytes }]) => [track, { segments: last, durationMs, sizeBytes }]),
    )
  }

  /** How many segments the server has, and how many there are. */
  get sent(): number {
    return this.#confirmed
  }
  get total(): number {
    return this.entries.length
  }

  get deviceMs(): number {
    return this.#tracks.get(this.#leading)?.durationMs ?? 0
  }

  /** How much would be there if this device were gone: a camera that lags behind counts too. */
  get serverMs(): number {
    const lengths = [...this.#tracks].map(([track, { last, wanted, confirmedMs }]) =>
      track === this.#leading || wanted <= last ? confirmedMs : Number.POSITIVE_INFINITY,
    )
    return this.#tracks.has(this.#leading) ? Math.min(...lengths) : 0
  }

  get sizeBytes(): number {
    return [...this.#tracks.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  }

  /** The track whose length is that of the recording: where the browser writes a file by itself there is no other. */
  get #leading(): SpoolTrack {
    return this.#tracks.has('file') ? 'file' : 'main'
  }

  #add(facts: SegmentFacts, clockMs: number | undefined) {
    if (this.find(facts.track, facts.number)) return
    const entry = { ...facts, confirmed: false, kept: true }
    const track = this.#track(facts.track)
    track.entries.set(facts.number, entry)
    track.last = Math.max(track.last, facts.number)
    track.durationMs += facts.durationMs
    track.sizeBytes += facts.sizeBytes
    this.entries.push(entry)
    if (this.note && clockMs !== undefined) this.note = { ...this.note, clockMs }
  }

  #confirm(name: SpoolTrack, number: number) {
    const entry = this.find(name, number)
    if (!entry || entry.confirmed) return
    entry.confirmed = true
    this.#confirmed++
    const track = this.#track(name)
    for (let next = track.entries.get(track.wanted); next?.confirmed; next = track.entries.get(track.wanted)) {
      track.wanted++
      track.confirmedMs += next.durationMs
    }
  }

  #drop(track: SpoolTrack, number: number) {
    const entry = this.find(track, number)
    if (entry) entry.kept = false
  }

  #forgetServer() {
    for (const entry of this.entries) entry.confirmed = false
    for (const [name, track] of this.#tracks) Object.assign(track, { wanted: firstOf(name), confirmedMs: 0 })
    this.#confirmed = 0
  }

  #track(name: SpoolTrack): TrackContents {
    const known = this.#tracks.get(name)
    if (known) return known
    const track = { entries: new Map(), last: 0, durationMs: 0, sizeBytes: 0, wanted: firstOf(name), confirmedMs: 0 }
    this.#tracks.set(name, track)
    return track
  }
}

const firstOf = (track: SpoolTrack) => (track === 'file' ? 1 : 0)

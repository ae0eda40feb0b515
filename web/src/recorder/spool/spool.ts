import { deferred } from '../channel.ts'
import { RecordingError } from '../recording-problem.ts'
import type { Segment, SpoolTrack } from '../segment.ts'
import { DiskPatience } from './disk-patience.ts'
import { HeldSegments } from './held-segments.ts'
import { sha256Of } from './sha256.ts'
import { SpoolContents, type SpoolEntry, type SpoolTotals } from './spool-contents.ts'
import { hasLocks, heartbeatMs, takeLock } from './spool-lock.ts'
import { tellSpoolNews } from './spool-news.ts'
import type { SegmentFacts, SpoolLine, SpoolNote } from './spool-note.ts'
import { type SegmentLine, type SpoolStore, spoolStore } from './spool-store.ts'

/** `body` is read from the disk when it is sent. */
export type SpooledSegment = SegmentFacts & { body: Blob }

/** Beyond this, what does not fit on the disk and has not been sent cannot be held. */
const mostInMemoryBytes = 12_000_000

/** Opens a spool for something new. It is there after a crash from now on. */
export async function openSpool(note: SpoolNote, store?: SpoolStore): Promise<Spool> {
  const free = await takeLock(note.spoolId)
  if (!free) throw new Error(`another tab has the spool ${note.spoolId}`)
  const spool = new Spool(store ?? (await spoolStore()), new SpoolContents([{ note }]), free)
  await spool.change({})
  tellSpoolNews()
  return spool
}

/**
 * Takes over a spool that nobody has; with a signal it waits for that until the signal is aborted. Null when another tab
 * has it, or when there is nothing in it. Throws what the disk throws, and leaves it to others then.
 */
export async function takeOverSpool(spoolId: string, signal?: AbortSignal, store?: SpoolStore): Promise<Spool | null> {
  const free = await takeLock(spoolId, signal)
  if (!free) return null
  try {
    const place = store ?? (await spoolStore())
    const contents = new SpoolContents(await place.lines(spoolId))
    if (contents.note) {
      const spool = new Spool(place, contents, free)
      if (!spool.note.closed) await spool.settleDrafts()
      return spool
    }
    // A crash came between making it and writing its first line.
    await place.remove(spoolId)
  } catch (error) {
    free()
    throw error
  }
  free()
  return null
}

/** Where a recording is until the server has it. The uploader reads from here only, never from the encoder. */
export class Spool {
  readonly #store: SpoolStore
  readonly #contents: SpoolContents
  readonly #free: () => void
  readonly #spoolId: string
  readonly #inMemory = new HeldSegments()
  /** Drafts on their way to the disk. */
  readonly #drafting = new Map<SpoolTrack, Promise<void>>()
  readonly #patience = new DiskPatience()
  #ended = false
  #changed = deferred()
  #heart: ReturnType<typeof setInterval> | undefined

  /** `free` gives back the lock. Use `openSpool` or `takeOverSpool`. */
  constructor(store: SpoolStore, contents: SpoolContents, free: () => void) {
    if (!contents.note) throw new Error('a spool has a note')
    this.#store = store
    this.#contents = contents
    this.#free = free
    this.#spoolId = contents.note.spoolId
    if (!hasLocks()) this.#heart = setInterval(() => void this.#write({ aliveAt: Date.now() }), heartbeatMs)
  }

  get note(): SpoolNote {
    return this.#contents.note as SpoolNote
  }
  /** Where it is kept; `nowhere` means that it is lost with the tab. */
  get place(): SpoolStore['kind'] {
    return this.#store.kind
  }
  /** True while there is no room, or no answer from the disk: segments wait in memory, and the server gets the only copy. */
  get overflowing(): boolean {
    return !this.#inMemory.isEmpty
  }
  /** Length that is on this device, in ms. */
  get deviceMs(): number {
    return this.#contents.deviceMs
  }
  /** Length that is safe on the server, in ms. */
  get serverMs(): number {
    return this.#contents.serverMs
  }
  get sizeBytes(): number {
    return this.#contents.sizeBytes
  }
  get totals(): SpoolTotals {
    return this.#contents.totals
  }
  /** Segments of all tracks that the server has. */
  get sent(): number {
    return this.#contents.sent
  }
  get total(): number {
    return this.#contents.total
  }
  /** True while there is nothing to see or hear in it. */
  get isEmpty(): boolean {
    return this.lastOf('main') === 0 && this.lastOf('file') === 0
  }
  /** The facts of all segments, in the order of recording. */
  get entries(): readonly SpoolEntry[] {
    return this.#contents.entries
  }
  /** The highest number of a track; 0 when there is at most its init segment. */
  lastOf = (track: SpoolTrack): number => this.#contents.lastOf(track)
  /** The number up to which the server has everything; -1 when it has nothing. */
  confirmedOf = (track: SpoolTrack): number => this.#contents.confirmedOf(track)

  change(part: Partial<SpoolNote>): Promise<void> {
    return this.#write({ note: { ...this.note, ...part } })
  }

  /**
   * Hashes and keeps a segment; `clockMs` is how long it had been recorded by then. Throws RecordingError `storage-full`
   * when there is room neither on the disk nor in memory.
   */
  async append({ bytes, ...facts }: Segment, clockMs?: number): Promise<void> {
    const segment = { ...facts, sha256: await sha256Of(bytes), sizeBytes: bytes.byteLength }
    const line = clockMs === undefined ? { segment } : { segment, clockMs }
    if (this.#ended) return
    const kept = await this.#keep(line, bytes)
    if (!kept && this.#inMemory.sizeBytes + bytes.byteLength > mostInMemoryBytes) throw new RecordingError('storage-full')
    this.#contents.apply(line)
    const entry = this.#contents.find(segment.track, segment.number)
    if (!kept && entry) this.#inMemory.hold(entry, bytes)
    this.#announce()
    if (kept) await this.#bringBack()
  }

  /** Keeps what there is of the segment that comes next, for who takes over after a crash. On a disk that is slow or full it is left out. */
  async keepDraft({ bytes, draft: _, ...facts }: Segment, clockMs: number): Promise<void> {
    const { track } = facts
    if (this.#ended || this.#patience.isOver || this.#drafting.has(track)) return
    const keep = async () => {
      const segment = { ...facts, sha256: await sha256Of(bytes), sizeBytes: bytes.byteLength }
      await this.#patience.inTime(this.#store.keepDraft(this.#spoolId, { segment, clockMs }, bytes))
    }
    const keeping = keep()
      .catch(() => undefined)
      .finally(() => this.#drafting.delete(track))
    this.#drafting.set(track, keeping)
    await keeping
  }

  /**
   * Nothing more will come: what there is of the segments that were being filled is all that there will be of them. Behind one that is missing,
   * or where there is no room, a draft is of no use.
   */
  async settleDrafts(): Promise<void> {
    await Promise.all(this.#drafting.values())
    for (const track of this.note.tracks) {
      const draft = await this.#patience.inTime(this.#store.draft(this.#spoolId, track)).catch(() => null)
      if (draft?.segment.number !== this.lastOf(track) + 1) continue
      const { sha256, sizeBytes: _, ...facts } = draft.segment
      if ((await sha256Of(draft.bytes)) !== sha256) continue
      await this.append({ ...facts, bytes: draft.bytes }, draft.clockMs).catch(() => undefined)
    }
  }

  /** What the server has not confirmed, in the order of recording, then what comes; ends after `close`. */
  async *read(): AsyncGenerator<SpooledSegment, void, void> {
    for (let index = 0; !this.#ended; ) {
      const { promise: changed } = this.#changed
      const entry = this.entries[index]
      if (entry) {
        index++
        const segment = entry.confirmed ? null : await this.#spooled(entry)
        if (segment) yield segment
      } else if (this.note.closed) return
      else await changed
    }
  }

  /** Null when its bytes are not here any more. */
  async get(track: SpoolTrack, number: number): Promise<SpooledSegment | null> {
    const entry = this.#contents.find(track, number)
    return entry ? this.#spooled(entry) : null
  }

  /** The server has stored this segment. */
  async confirm(track: SpoolTrack, number: number): Promise<void> {
    const entry = this.#contents.find(track, number)
    if (!entry || entry.confirmed) return
    if (this.#inMemory.letGo(entry)) {
      await this.#write({ segment: factsOf(entry) })
      await this.#write({ dropped: [track, number] })
    }
    await this.#write({ confirmed: [track, number] })
  }

  /** Gives up the bytes of confirmed segments, oldest first, until so many are free. Returns how many were freed. */
  async makeRoom(bytes: number): Promise<number> {
    let freed = 0
    for (const entry of this.entries) {
      if (freed >= bytes) break
      if (!entry.confirmed || !entry.kept) continue
      await this.#patience.inTime(this.#store.drop(this.#spoolId, entry.track, entry.number))
      await this.#write({ dropped: [entry.track, entry.number] })
      freed += entry.sizeBytes
    }
    return freed
  }

  /** The recording is complete: readers end after what is there. What is in memory alone goes to the disk if that takes it now. */
  async close(): Promise<void> {
    if (!this.note.closed) await this.settleDrafts()
    await this.change({ closed: true })
    this.#announce()
    while (await this.#bringBack());
  }

  /** Lets another tab, or a later visit, go on with it. */
  async release(): Promise<void> {
    await this.#end()
    this.#free()
    tellSpoolNews()
  }

  /** Deletes it from this device. */
  async remove(): Promise<void> {
    await this.#end()
    await this.#store.remove(this.#spoolId).finally(this.#free)
  }

  /** The server has nothing of it any more: everything is sent again. */
  forgetServer(): Promise<void> {
    return this.#write({ unconfirmed: true })
  }

  async #end() {
    clearInterval(this.#heart)
    this.#ended = true
    this.#announce()
    await this.#store.close(this.#spoolId).catch(() => undefined)
  }

  #announce() {
    const { resolve } = this.#changed
    this.#changed = deferred()
    resolve()
  }

  /** A line that cannot be written is forgotten at the next crash, which costs a repetition and never a segment. */
  async #write(line: SpoolLine) {
    this.#contents.apply(line)
    // What was given back or removed belongs to others.
    if (this.#ended) return
    const written = this.#store.write(this.#spoolId, line).catch(() => undefined)
    if (!this.#patience.isOver) await this.#patience.inTime(written).catch(() => undefined)
  }

  /** False when the disk does not take it now. */
  async #keep(line: SegmentLine, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
    const keep = async () => {
      if (this.#ended || this.#patience.isOver) return false
      await this.#patience.inTime(this.#store.append(this.#spoolId, line, bytes))
      return true
    }
    const again = async () => !this.#patience.isOver && (await this.makeRoom(4 * bytes.byteLength)) > 0 && keep()
    return keep()
      .catch(again)
      .catch(() => false)
  }

  /** Keeps on the disk what has been in memory alone for longest. False when there is nothing, or the disk does not take it now. */
  async #bringBack(): Promise<boolean> {
    const entry = this.#inMemory.oldest
    const body = entry && this.#inMemory.bodyOf(entry)
    if (!body) return false
    const bytes = new Uint8Array(await body.arrayBuffer())
    if (!(await this.#keep({ segment: factsOf(entry) }, bytes))) return false
    this.#inMemory.letGo(entry)
    return true
  }

  async #spooled(entry: SpoolEntry): Promise<SpooledSegment | null> {
    const held = this.#inMemory.bodyOf(entry)
    const body = held ?? (entry.kept ? await this.#store.body(this.#spoolId, entry.track, entry.number) : null)
    return body && { ...factsOf(entry), body }
  }
}

const factsOf = ({ confirmed: _, kept: __, ...facts }: SpoolEntry): SegmentFacts => facts

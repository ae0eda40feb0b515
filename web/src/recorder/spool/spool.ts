import { deferred } from '../channel.ts'
import { RecordingError } from '../recording-problem.ts'
import type { Segment, SpoolTrack } from '../segment.ts'
import type { DiskTroubleName } from './disk-trouble.ts'
import { Drafts } from './drafts.ts'
import { HeldSegments } from './held-segments.ts'
import { sha256Of } from './sha256.ts'
import { factsOf, SpoolContents, type SpoolEntry, type SpoolTotals } from './spool-contents.ts'
import { SpoolDisk } from './spool-disk.ts'
import { hasLocks, heartbeatMs, takeLock } from './spool-lock.ts'
import { tellSpoolNews } from './spool-news.ts'
import type { SegmentFacts, SpoolLine, SpoolNote } from './spool-note.ts'
import { type SegmentLine, type SpoolStore, spoolStore } from './spool-store.ts'

/** `body` is read from the disk when it is sent. */
export type SpooledSegment = SegmentFacts & { body: Blob }

/** Beyond this, what the disk has not taken and the server does not have cannot be held. */
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
    if (contents.total === 0) await place.remove(spoolId)
  } catch (error) {
    free()
    throw error
  }
  free()
  return null
}

/** Where a recording is until the server has it. The uploader reads from here only, never from the encoder. */
export class Spool {
  readonly #disk: SpoolDisk
  readonly #contents: SpoolContents
  readonly #free: () => void
  readonly #inMemory = new HeldSegments()
  readonly #drafts: Drafts
  /** Settles when the disk has taken what was handed over so far, or it is held: one after the other, in the order of recording. */
  #taken = Promise.resolve()
  /** What waits for that. */
  #waitingBytes = 0
  #bringing: Promise<void> | null = null
  #ended = false
  #changed = deferred()
  #heart: ReturnType<typeof setInterval> | undefined

  /** `free` gives back the lock. Use `openSpool` or `takeOverSpool`. */
  constructor(store: SpoolStore, contents: SpoolContents, free: () => void) {
    if (!contents.note) throw new Error('a spool has a note')
    this.#disk = new SpoolDisk(store, contents.note.spoolId)
    this.#drafts = new Drafts(this.#disk)
    this.#contents = contents
    this.#free = free
    if (!hasLocks()) this.#heart = setInterval(() => void this.#write({ aliveAt: Date.now() }), heartbeatMs)
  }

  get note(): SpoolNote {
    return this.#contents.note as SpoolNote
  }
  /** Where it is kept; `nowhere` means that it is lost with the tab. */
  get place(): SpoolStore['kind'] {
    return this.#disk.kind
  }
  /** True while there is no room, or no answer from the disk: segments wait in memory, and the server gets the only copy. */
  get overflowing(): boolean {
    return !this.#inMemory.isEmpty
  }
  /** Why not everything goes to the disk; null when it does, and where there is none. */
  get trouble(): DiskTroubleName | null {
    return this.#disk.troubleOf(this.overflowing)
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
    return Object.values(this.totals).every(({ segments }) => segments === 0)
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
   * Hashes and keeps a segment; `clockMs` is how long it had been recorded by then. What comes while the disk is busy may be handed over
   * meanwhile. Throws RecordingError `storage-full` or `storage-dead` when there is room neither on the disk nor in memory: what comes behind
   * that is refused as well, because nothing can be played across a hole.
   */
  append(segment: Segment, clockMs?: number): Promise<void> {
    const deadline = this.#disk.deadline()
    const sizeBytes = segment.bytes.byteLength
    this.#waitingBytes += sizeBytes
    const taken = this.#taken.then(() => this.#take(segment, clockMs, deadline))
    this.#taken = taken.finally(() => {
      this.#waitingBytes -= sizeBytes
    })
    return this.#taken
  }

  /** Keeps what there is of the segment that comes next, for who takes over after a crash. On a disk that is slow or full it is left out. */
  async keepDraft(draft: Segment, clockMs: number): Promise<void> {
    // Behind a segment that is not there yet it would be of no use, and take the place of the draft of that.
    const isNext = () => this.#taken.then(() => !this.#ended && this.lastOf(draft.track) < draft.number)
    if (!this.#ended && !this.overflowing) await this.#drafts.keep(draft, clockMs, isNext)
  }

  /**
   * Nothing more will come: what there is of the segments that were being filled is all that there will be of them. Behind one that is missing,
   * or where there is no room, a draft is of no use.
   */
  async settleDrafts(): Promise<void> {
    await this.#drafts.settled()
    // What found no room is the last one; what there is of it may fit after all.
    this.#taken = this.#taken.catch(() => undefined)
    for (const track of this.note.tracks) {
      const draft = await this.#drafts.of(track, this.lastOf(track) + 1)
      if (draft) await this.append(draft.segment, draft.clockMs).catch(() => undefined)
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

  /** The server has stored this segment. Who sends does not wait for a slow disk: forgotten, it costs a repetition. */
  async confirm(track: SpoolTrack, number: number): Promise<void> {
    const entry = this.#contents.find(track, number)
    if (!entry || entry.confirmed) return
    if (this.#inMemory.letGo(entry)) {
      void this.#write({ segment: factsOf(entry) })
      void this.#write({ dropped: [track, number] })
    }
    void this.#write({ confirmed: [track, number] })
  }

  /** Gives up the bytes of confirmed segments, oldest first, until so many are free. Returns how many were freed. Throws what the disk throws. */
  async makeRoom(bytes: number, deadline?: number): Promise<number> {
    let freed = 0
    for (const entry of this.entries) {
      if (freed >= bytes) break
      if (!entry.confirmed || !entry.kept) continue
      await this.#disk.drop(entry.track, entry.number, deadline)
      void this.#write({ dropped: [entry.track, entry.number] })
      freed += entry.sizeBytes
    }
    return freed
  }

  /** The recording is complete: readers end after what is there. What is in memory alone goes to the disk as long as that takes something. */
  async close(): Promise<void> {
    if (!this.note.closed) await this.settleDrafts()
    await this.change({ closed: true })
    this.#announce()
    await this.#bringBack()
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
    await this.#disk.remove().finally(this.#free)
  }

  /** The server has nothing of it any more: everything is sent again. */
  forgetServer(): Promise<void> {
    return this.#write({ unconfirmed: true })
  }

  async #end() {
    clearInterval(this.#heart)
    this.#ended = true
    this.#announce()
    await this.#disk.close()
  }

  #announce() {
    const { resolve } = this.#changed
    this.#changed = deferred()
    resolve()
  }

  async #write(line: SpoolLine) {
    this.#contents.apply(line)
    // What was given back or removed belongs to others.
    if (!this.#ended) await this.#disk.write(line)
  }

  async #take({ bytes, ...facts }: Segment, clockMs: number | undefined, deadline: number): Promise<void> {
    const segment = { ...facts, sha256: await sha256Of(bytes), sizeBytes: bytes.byteLength }
    const line = clockMs === undefined ? { segment } : { segment, clockMs }
    if (this.#ended) return
    // What is held goes first: no hole is on the disk.
    const kept = !this.overflowing && (await this.#keep(line, bytes, deadline))
    if (!kept && this.#inMemory.sizeBytes + this.#waitingBytes > mostInMemoryBytes)
      throw new RecordingError(this.#disk.troubleOf(true) === 'storage-silent' ? 'storage-dead' : 'storage-full')
    this.#contents.apply(line)
    const entry = this.#contents.find(segment.track, segment.number)
    if (!kept && entry) this.#inMemory.hold(entry, bytes)
    this.#announce()
    if (this.overflowing) void this.#bringBack()
  }

  /** False when the disk does not take it now. */
  async #keep(line: SegmentLine, bytes: Uint8Array<ArrayBuffer>, deadline = this.#disk.deadline()): Promise<boolean> {
    const { track, number } = line.segment
    const onLate = () => {
      const entry = this.#contents.find(track, number)
      if (entry) this.#inMemory.letGo(entry)
    }
    const makeRoom = (wanted: number) => this.makeRoom(wanted, deadline)
    return !this.#ended && this.#disk.keep(line, bytes, { deadline, makeRoom, onLate })
  }

  /** Keeps on the disk what is in memory alone, as long as the disk takes something. */
  #bringBack(): Promise<void> {
    const keep = (entry: SpoolEntry, bytes: Uint8Array<ArrayBuffer>) => this.#keep({ segment: factsOf(entry) }, bytes)
    const bring = async () => {
      while ((await this.#inMemory.handOver(keep)) || (await this.#disk.wakes()));
    }
    this.#bringing ??= bring().finally(() => {
      this.#bringing = null
    })
    return this.#bringing
  }

  async #spooled(entry: SpoolEntry): Promise<SpooledSegment | null> {
    const held = this.#inMemory.bodyOf(entry)
    const body = held ?? (entry.kept ? await this.#disk.body(entry.track, entry.number) : null)
    return body && { ...factsOf(entry), body }
  }
}

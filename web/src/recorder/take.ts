import { within } from './channel.ts'
import type { EncoderTracks, Encoding } from './encoding/encoder.ts'
import { type ProblemName, problemOf, RecordingError } from './recording-problem.ts'
import type { RecordingNeeds } from './recording-state.ts'
import type { Segment } from './segment.ts'
import { withdraw } from './spool/discarded.ts'
import type { Spool } from './spool/spool.ts'
import type { SpoolNote } from './spool/spool-note.ts'
import { nowhere } from './spool/spool-store.ts'
import { lowRoomMs, problemWhile, type StorageRoom } from './spool/storage-room.ts'
import type { RecordedUpdate } from './upload/update-api.ts'
import type { UploadProgress } from './upload/uploader.ts'

const openLimitMs = 5_000
const startLimitMs = 25_000
const stopLimitMs = 10_000
const roomEveryMs = 15_000
/** Until this much is there, its rate says nothing. */
const measuredFromMs = 10_000

export type TakeEvents = {
  /** How much has been recorded, in ms. */
  clock(): number
  /** Something goes wrong, or not any more, although the recording goes on. */
  onWarning(name: ProblemName, on: boolean): void
  onSpool(spool: Spool): void
  onRoom(room: StorageRoom | null): void
  onUpdate(update: RecordedUpdate): void
  onProgress(progress: UploadProgress): void
  /** The encoder has ended: the sources can be let go of, also while the disk still takes what came out. */
  onEncoded(): void
  /** Nothing more can be recorded. */
  onBroken(): void
}

/** One take: from the encoder into the spool, and from there to the server. */
export class Take {
  readonly encoding: Encoding
  /** Ends when the server has everything. Throws RecordingError. */
  sent: Promise<void> = Promise.resolve()
  readonly #needs: RecordingNeeds
  readonly #events: TakeEvents
  readonly #abort = new AbortController()
  readonly #spool: Promise<Spool>
  #filled: Promise<void> = Promise.resolve()
  #stopped: Promise<void> | undefined
  #roomAskedAt = Number.NEGATIVE_INFINITY

  constructor(
    needs: RecordingNeeds,
    tracks: EncoderTracks,
    options: Parameters<RecordingNeeds['encode']>[1],
    note: SpoolNote,
    events: TakeEvents,
  ) {
    this.#needs = needs
    this.#events = events
    this.encoding = needs.encode(tracks, options)
    this.#spool = this.#open(note)
  }

  /** Resolves when the first picture is in, with what has been recorded by then, in ms. Throws RecordingError. */
  async start(): Promise<number> {
    const recordedMs = await within(startLimitMs, this.encoding.start(), () => new RecordingError('no-picture'))
    if (this.#abort.signal.aborted) return recordedMs
    this.#filled = this.#fill()
    this.send()
    return recordedMs
  }

  /** Sends what is there and what comes; again after it failed. */
  send(): void {
    this.sent = this.#spool.then((spool) => this.#needs.send(spool, { ...this.#events, signal: this.#abort.signal }))
    this.sent.catch((error) => this.#warnOf(error))
  }

  async change(part: Partial<SpoolNote>): Promise<void> {
    await (await this.#spool).change(part)
  }

  /** Ends the recording: after a time limit without what the encoder still holds. What came out before is complete. */
  stop(): Promise<void> {
    this.#stopped ??= this.#stop()
    return this.#stopped
  }

  /** Leaves what is here to whoever comes next: another page of this tab, another tab, a later visit. */
  async leave(): Promise<void> {
    await this.stop()
    this.#abort.abort(new DOMException('left', 'AbortError'))
    await this.sent.catch(() => undefined)
    await (await this.#spool).release()
  }

  /** Throws it away here and on the server. It can be restored until the next recording starts. */
  async discard(): Promise<void> {
    this.#abort.abort(new DOMException('discarded', 'AbortError'))
    this.encoding.cancel()
    const spool = await this.#spool
    await spool.change({ discarded: true, closed: true })
    // An update that is being created is deleted when it exists.
    await this.sent.catch(() => undefined)
    await withdraw(spool, this.#needs)
  }

  async #open(note: SpoolNote): Promise<Spool> {
    const late = () => new RecordingError('storage-silent')
    let problem: ProblemName = 'storage-none'
    const spool = await within(openLimitMs, this.#needs.openSpool(note), late).catch((error) => {
      if (error instanceof RecordingError) problem = error.problem.name
      return this.#needs.openSpool({ ...note, spoolId: crypto.randomUUID() }, nowhere)
    })
    if (spool.place === 'nowhere') this.#events.onWarning(problem, true)
    this.#events.onSpool(spool)
    return spool
  }

  async #stop() {
    await within(stopLimitMs, this.encoding.stop(), () => new RecordingError('encoder-failed')).catch((error) => {
      this.encoding.cancel()
      this.#warnOf(error)
    })
    this.#events.onEncoded()
    // No more comes, and the disk has its own limit for each segment: ending it before would lose those that wait.
    await this.#filled
  }

  /** The spool counts what waits for the disk: here nothing waits. */
  async #fill() {
    const spool = await this.#spool
    let last = Promise.resolve()
    try {
      for await (const segment of this.encoding.segments)
        if (segment.draft) void spool.keepDraft(segment, this.#events.clock())
        else last = this.#keep(spool, segment)
    } catch (error) {
      this.#break(error)
    }
    await last
    await spool.close()
    this.#events.onSpool(spool)
  }

  async #keep(spool: Spool, segment: Segment) {
    try {
      await spool.append(segment, this.#events.clock())
    } catch (error) {
      return this.#break(error)
    }
    this.#events.onSpool(spool)
    if (spool.place !== 'nowhere')
      for (const name of ['storage-gone', 'storage-silent'] as const) this.#events.onWarning(name, name === spool.trouble)
    void this.#watchRoom(spool).catch(() => undefined)
  }

  #break(error: unknown) {
    this.#warnOf(error)
    this.#events.onBroken()
  }

  /** When room is short, what the server has already is given up first. */
  async #watchRoom(spool: Spool) {
    const clock = this.#events.clock()
    if (clock - this.#roomAskedAt < roomEveryMs || spool.deviceMs < measuredFromMs) return
    this.#roomAskedAt = clock
    const bytesPerMs = spool.sizeBytes / spool.deviceMs
    let room = await this.#needs.roomLeft(bytesPerMs * 1000)
    if (room && room.ms < lowRoomMs && (await spool.makeRoom((lowRoomMs - room.ms) * bytesPerMs)) > 0)
      room = await this.#needs.roomLeft(bytesPerMs * 1000)
    const problem = problemWhile(room)
    for (const name of ['storage-low', 'storage-very-low'] as const) this.#events.onWarning(name, name === problem)
    this.#events.onRoom(room)
  }

  #warnOf(error: unknown) {
    if (!this.#abort.signal.aborted) this.#events.onWarning(problemOf(error).name, true)
  }
}

import type { SpoolTrack } from '../segment.ts'
import { DiskPatience, DiskSilence } from './disk-patience.ts'
import { DiskTrouble, type DiskTroubleName } from './disk-trouble.ts'
import type { SpoolLine } from './spool-note.ts'
import type { Draft, KeptDraft, SegmentLine, SpoolStore } from './spool-store.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Keeping = {
  deadline: number
  /** Gives up what is not needed until so many bytes are free, and returns how many were freed. Throws what the disk throws. */
  makeRoom(bytes: number): Promise<number>
  /** It is on the disk after all. */
  onLate(): void
}

/** The place of one spool on a disk that may be full, slow, or never answer. */
export class SpoolDisk {
  readonly #store: SpoolStore
  readonly #spoolId: string
  readonly #patience = new DiskPatience()
  readonly #trouble = new DiskTrouble()
  /** A note that could not be written: without it nobody finds the segments. */
  #missing: SpoolLine | null = null

  constructor(store: SpoolStore, spoolId: string) {
    this.#store = store
    this.#spoolId = spoolId
  }

  get kind(): SpoolStore['kind'] {
    return this.#store.kind
  }
  /** Why not everything goes to the disk; null when it does, and where there is none. */
  troubleOf = (isBehind: boolean): DiskTroubleName | null =>
    this.kind === 'nowhere' || (this.#trouble.isOver && !isBehind) ? null : this.#trouble.name
  /** True while it is useless to ask for anything that is not necessary. */
  get isSilent(): boolean {
    return this.#patience.isOver
  }
  /** Until when the disk is waited for with something that is there now: a moment of `performance.now()`. */
  deadline = (): number => this.#patience.deadline()

  /** True when it owed an answer and gives it. */
  wakes = (): Promise<boolean> => this.#patience.wakes()

  /** A line that cannot be written is forgotten at the next crash, which costs a repetition and never a segment. */
  async write(line: SpoolLine): Promise<void> {
    const written = this.#store.write(this.#spoolId, line).then(
      () => 'note' in line && this.#noted(null),
      () => 'note' in line && this.#noted(line),
    )
    if (!this.isSilent) await this.#patience.inTime(written).catch(() => undefined)
  }

  /** False when the disk does not take it until the deadline. */
  async keep(line: SegmentLine, bytes: Bytes, { deadline, makeRoom, onLate }: Keeping): Promise<boolean> {
    const append = () => this.#append(line, bytes, deadline, onLate)
    const again = async (error: unknown) => {
      if (error instanceof DiskSilence || (await makeRoom(4 * bytes.byteLength)) === 0) throw error
      await append()
    }
    try {
      await append().catch(again)
      this.#trouble.took()
      return true
    } catch (error) {
      this.#trouble.refused(error)
      return false
    }
  }

  keepDraft = (draft: Draft, bytes: Bytes): Promise<void> =>
    this.#patience.inTime(this.#store.keepDraft(this.#spoolId, draft, bytes))

  /** Null when there is none, or the disk does not give it out. */
  draft = (track: SpoolTrack): Promise<KeptDraft | null> =>
    this.#patience.inTime(this.#store.draft(this.#spoolId, track)).catch(() => null)

  body = (track: SpoolTrack, number: number): Promise<Blob | null> => this.#store.body(this.#spoolId, track, number)

  /** Throws what the disk throws, or DiskSilence. */
  drop = (track: SpoolTrack, number: number, deadline = this.deadline()): Promise<void> =>
    this.#patience.inTime(this.#store.drop(this.#spoolId, track, number), deadline)

  close = (): Promise<void> => this.#store.close(this.#spoolId).catch(() => undefined)
  remove = (): Promise<void> => this.#store.remove(this.#spoolId)

  #noted(missing: SpoolLine | null) {
    this.#missing = missing
  }

  async #append(line: SegmentLine, bytes: Bytes, deadline: number, onLate: () => void): Promise<void> {
    this.#patience.requireTime(deadline)
    if (this.#missing) await this.#patience.inTime(this.#store.write(this.#spoolId, this.#missing), deadline)
    this.#missing = null
    const answer = this.#store.append(this.#spoolId, line, bytes)
    try {
      await this.#patience.inTime(answer, deadline)
    } catch (error) {
      if (error instanceof DiskSilence) answer.then(onLate, () => undefined)
      throw error
    }
  }
}

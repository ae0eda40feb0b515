import type { Segment, SpoolTrack } from '../segment.ts'
import { sha256Of } from './sha256.ts'
import type { SpoolDisk } from './spool-disk.ts'

/** What there is so far of the segments that come next, on the disk for who takes over after a crash. */
export class Drafts {
  readonly #disk: SpoolDisk
  readonly #underWay = new Map<SpoolTrack, Promise<void>>()

  constructor(disk: SpoolDisk) {
    this.#disk = disk
  }

  /** Keeps one if it still `isNext` by then. On a disk that is slow or full it is left out. */
  async keep({ bytes, draft: _, ...facts }: Segment, clockMs: number, isNext: () => Promise<boolean>): Promise<void> {
    const { track } = facts
    if (this.#disk.isSilent || this.#underWay.has(track)) return
    const keep = async () => {
      const segment = { ...facts, sha256: await sha256Of(bytes), sizeBytes: bytes.byteLength }
      if (await isNext()) await this.#disk.keepDraft({ segment, clockMs }, bytes)
    }
    const keeping = keep()
      .catch(() => undefined)
      .finally(() => this.#underWay.delete(track))
    this.#underWay.set(track, keeping)
    await keeping
  }

  /** Resolves when none is on its way. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay.values())
  }

  /** The draft of a segment, with how long it had been recorded by then, in ms; null when there is none, or a crash has torn it. */
  async of(track: SpoolTrack, number: number): Promise<{ segment: Segment; clockMs: number | undefined } | null> {
    const draft = await this.#disk.draft(track)
    if (draft?.segment.number !== number || (await sha256Of(draft.bytes)) !== draft.segment.sha256) return null
    const { sha256: _, sizeBytes: __, ...facts } = draft.segment
    return { segment: { ...facts, bytes: draft.bytes }, clockMs: draft.clockMs }
  }
}

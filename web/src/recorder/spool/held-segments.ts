import type { SpoolEntry } from './spool-contents.ts'

/** Segments that the disk did not take, until the server has them or the disk takes them after all. */
export class HeldSegments {
  sizeBytes = 0
  readonly #bodies = new Map<SpoolEntry, Blob>()

  get isEmpty(): boolean {
    return this.#bodies.size === 0
  }
  /** What has been here for longest. */
  get oldest(): SpoolEntry | undefined {
    const [entry] = this.#bodies.keys()
    return entry
  }
  bodyOf = (entry: SpoolEntry): Blob | undefined => this.#bodies.get(entry)

  hold(entry: SpoolEntry, bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#bodies.has(entry)) return
    this.#bodies.set(entry, new Blob([bytes]))
    this.sizeBytes += entry.sizeBytes
  }
  /** False when it is not here. */
  letGo(entry: SpoolEntry): boolean {
    if (!this.#bodies.delete(entry)) return false
    this.sizeBytes -= entry.sizeBytes
    return true
  }
}

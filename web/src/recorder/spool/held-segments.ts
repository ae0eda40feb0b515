import type { SpoolEntry } from './spool-contents.ts'

/** Segments that the disk did not take, until the server has them or the disk takes them after all. */
export class HeldSegments {
  sizeBytes = 0
  readonly #bodies = new Map<SpoolEntry, Blob>()

  get isEmpty(): boolean {
    return this.#bodies.size === 0
  }
  bodyOf = (entry: SpoolEntry): Blob | undefined => this.#bodies.get(entry)

  hold(entry: SpoolEntry, bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#bodies.has(entry)) return
    this.#bodies.set(entry, new Blob([bytes]))
    this.sizeBytes += entry.sizeBytes
  }
  /** Lets go of what has been here for longest once `keep` has taken it. False when there is nothing, or it is not taken. */
  async handOver(keep: (entry: SpoolEntry, bytes: Uint8Array<ArrayBuffer>) => Promise<boolean>): Promise<boolean> {
    const [oldest] = this.#bodies
    if (!oldest) return false
    const [entry, body] = oldest
    if (!(await keep(entry, new Uint8Array(await body.arrayBuffer())))) return false
    this.letGo(entry)
    return true
  }
  /** False when it is not here. */
  letGo(entry: SpoolEntry): boolean {
    if (!this.#bodies.delete(entry)) return false
    this.sizeBytes -= entry.sizeBytes
    return true
  }
}

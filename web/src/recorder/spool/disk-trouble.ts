/** Why the disk takes nothing: it is full, or it does not answer. */
export type DiskTroubleName = 'storage-gone' | 'storage-silent'

/** A slow disk takes a segment now and then: it is well again when it takes so many in a row. */
const wellAfter = 5

/** What is wrong with the disk, as it is told to the person who records. */
export class DiskTrouble {
  #name: DiskTroubleName | null = null
  #inARow = 0

  /** What it was the last time. */
  get name(): DiskTroubleName | null {
    return this.#name
  }
  get isOver(): boolean {
    return this.#inARow >= wellAfter
  }

  /** The disk took a segment. */
  took(): void {
    this.#inARow++
  }

  /** It did not take one, because of this error. */
  refused(error: unknown): void {
    this.#inARow = 0
    this.#name = error instanceof DOMException && error.name === 'QuotaExceededError' ? 'storage-gone' : 'storage-silent'
  }
}

import { Readable } from 'node:stream'
import { bytesOfParts, type FilePart } from '@meanwhile/shared/platform/parts-of-file'
import type { Storage } from '@meanwhile/shared/platform/storage'
import yauzl from 'yauzl'

/** The directory of a ZIP is read entry by entry: of so many bytes at once there are few requests. */
const blockBytes = 1024 * 1024

/** Reads a ZIP that is stored in parts by position. What the storage failed with is kept in `failure`: it says nothing about the ZIP. */
export class PartReader extends yauzl.RandomAccessReader {
  failure: unknown
  readonly #storage: Storage
  readonly #parts: FilePart[]
  readonly #sizeBytes: number
  #block = Buffer.alloc(0)
  #blockAt = 0

  constructor(storage: Storage, parts: FilePart[]) {
    super()
    this.#storage = storage
    this.#parts = parts
    this.#sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0)
  }

  get sizeBytes(): number {
    return this.#sizeBytes
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#bytes(start, end), { objectMode: false })
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
    this.#fill(position, length).then(
      () => {
        this.#block.copy(buffer, offset, position - this.#blockAt, position - this.#blockAt + length)
        callback(null)
      },
      (error) => callback(error),
    )
  }

  async #fill(position: number, length: number): Promise<void> {
    const end = position + length
    if (position >= this.#blockAt && end <= this.#blockAt + this.#block.length) return
    if (end > this.#sizeBytes) throw new Error('the ZIP ends too early')
    const chunks: Buffer[] = []
    // Entries stand one behind the other: what comes next is read along.
    for await (const chunk of this.#bytes(position, Math.min(this.#sizeBytes, position + Math.max(length, blockBytes))))
      chunks.push(chunk)
    this.#block = Buffer.concat(chunks)
    this.#blockAt = position
  }

  async *#bytes(start: number, end: number): AsyncGenerator<Buffer> {
    if (end <= start) return
    try {
      yield* bytesOfParts(this.#storage, this.#parts, { start, end: end - 1 })
    } catch (error) {
      this.failure = error
      throw error
    }
  }
}

import type { Readable } from 'node:stream'

/** Bytes `start` to `end`, both included, as in HTTP. */
export type ByteRange = { start: number; end: number }

export class ObjectNotFoundError extends Error {
  constructor(key: string) {
    super(`no object ${key}`)
    this.name = 'ObjectNotFoundError'
  }
}

export type StoredObject = { key: string; sizeBytes: number; storedAt: Date }

/** The disk or the bucket has no room; nothing was stored. */
export class StorageFullError extends Error {
  constructor(cause: unknown) {
    super('no room left in the storage', { cause })
    this.name = 'StorageFullError'
  }
}

/**
 * Where media lives. Two drivers: `diskStorage` and `s3Storage`; `tests/storage.conformance.ts` says what both promise.
 * Keys are made by `keys`, never from anything that a user chose.
 */
export type Storage = {
  /** Stores a local file under a key, durable when it resolves; an object of that key is replaced. May move the file. @throws {StorageFullError} */
  putFile(key: string, file: string): Promise<void>
  /** The bytes, or a range of them. @throws {ObjectNotFoundError} */
  read(key: string, range?: ByteRange): Promise<Readable>
  /** Size in bytes; null when there is no such object. */
  size(key: string): Promise<number | null>
  /** Copies an object to a local file. @throws {ObjectNotFoundError} */
  download(key: string, file: string): Promise<void>
  /** Deletes one object; it may be gone already. */
  delete(key: string): Promise<void>
  /** Deletes all objects below a prefix that ends with a slash. */
  deleteAll(prefix: string): Promise<void>
  /** Keys below a prefix, in any order. */
  list(prefix: string): AsyncIterable<string>
  /** Objects below a prefix, in any order, with their size and when they were stored. */
  objects(prefix: string): AsyncIterable<StoredObject>
  /** A folder for files on their way to `putFile`: on the same disk where that makes it a rename. */
  readonly incomingDir: string
  /** Rejects when the storage cannot be reached or written. */
  check(): Promise<void>
}

import { createHash, randomUUID } from 'node:crypto'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Storage } from '@meanwhile/shared/platform/storage'
import type { StoredPart } from '../transfers/lease.ts'

/** So large is one object: what is on this machine's disk at once, and far below what a bucket takes. */
const partBytes = 64 * 1024 * 1024

/**
 * Stores a stream as objects of equal size, so that neither the disk of this machine nor an object has to hold all of it.
 * @returns the parts in order
 */
export async function storeParts(
  storage: Storage,
  bytes: AsyncIterable<Buffer>,
  keyOf: (number: number) => string,
  signal: AbortSignal,
  sizeOfPart = partBytes,
): Promise<StoredPart[]> {
  const parts: StoredPart[] = []
  const file = join(storage.incomingDir, randomUUID())
  let handle: FileHandle | undefined
  let hash = createHash('sha256')
  let sizeBytes = 0
  async function close() {
    if (!handle) return
    await handle.close()
    handle = undefined
    const number = parts.length + 1
    const key = keyOf(number)
    await storage.putFile(key, file)
    parts.push({ number, key, sha256: hash.digest('hex'), sizeBytes })
    hash = createHash('sha256')
    sizeBytes = 0
  }
  try {
    for await (let chunk of bytes) {
      signal.throwIfAborted()
      while (chunk.length > 0) {
        handle ??= await open(file, 'w', 0o600)
        const piece = chunk.subarray(0, sizeOfPart - sizeBytes)
        await handle.write(piece)
        hash.update(piece)
        sizeBytes += piece.length
        chunk = chunk.subarray(piece.length)
        if (sizeBytes === sizeOfPart) await close()
      }
    }
    await close()
    return parts
  } finally {
    await handle?.close()
    await rm(file, { force: true })
  }
}

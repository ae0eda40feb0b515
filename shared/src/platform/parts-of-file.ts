import type { ByteRange, Storage } from './storage.ts'

/** A piece of a file that is stored as several objects. */
export type FilePart = { key: string; sizeBytes: number }

/** Which bytes of which parts a range of the whole file is. */
export function slicesOf(parts: FilePart[], { start, end }: ByteRange): { key: string; range: ByteRange }[] {
  const slices: { key: string; range: ByteRange }[] = []
  let offset = 0
  for (const { key, sizeBytes } of parts) {
    const range = { start: Math.max(0, start - offset), end: Math.min(sizeBytes - 1, end - offset) }
    if (range.start <= range.end) slices.push({ key, range })
    offset += sizeBytes
  }
  return slices
}

/** The bytes of a range of a file that is stored in parts. */
export async function* bytesOfParts(storage: Storage, parts: FilePart[], range: ByteRange): AsyncGenerator<Buffer> {
  for (const slice of slicesOf(parts, range)) yield* (await storage.read(slice.key, slice.range)) as AsyncIterable<Buffer>
}

import { type FileHandle, stat } from 'node:fs/promises'
import type { ByteSource } from '@meanwhile/shared/media/boxes'

/** An open file, or a stretch of one, as bytes that can be read by position. */
export async function fileBytes(handle: FileHandle, from = 0, sizeBytes?: number): Promise<ByteSource> {
  return {
    sizeBytes: sizeBytes ?? (await handle.stat()).size - from,
    async read(offset, length) {
      const bytes = new Uint8Array(length)
      const { bytesRead } = await handle.read(bytes, 0, length, from + offset)
      return bytes.subarray(0, bytesRead)
    },
  }
}

/** Whether there is a file with anything in it. */
export async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    ({ size }) => size > 0,
    () => false,
  )
}

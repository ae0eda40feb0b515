import { sha256Of } from '../recorder/spool/sha256.ts'
import type { SpooledSegment } from '../recorder/spool/spool.ts'
import type { UploadSource } from '../recorder/upload/uploader.ts'
import { bytesOf } from './file-facts.ts'
import { ImportError } from './import-problem.ts'

const mebibyte = 1024 * 1024
const mostParts = 10_000

/** What fits into as many parts as the server takes. */
export const mostBytes = mostParts * 32 * mebibyte

/** 8 MiB, until that would be too many; the same for the same file, so that an upload can go on after a reload. */
export const partBytesOf = (sizeBytes: number): number => (sizeBytes > mostParts * 8 * mebibyte ? 32 : 8) * mebibyte

/** A file as the uploader reads it: by reference, a part at a time, each hashed as it is sent. */
export function partsSource(file: File, onSent: (share: number) => void): UploadSource {
  const partBytes = partBytesOf(file.size)
  const parts = Math.ceil(file.size / partBytes)
  const confirmed = new Set<number>()

  async function part(number: number): Promise<SpooledSegment> {
    const bytes = await bytesOf(file, (number - 1) * partBytes, number * partBytes).catch((cause) => {
      throw new ImportError('changed', undefined, { cause })
    })
    const facts = { track: 'file', number, sha256: await sha256Of(bytes), sizeBytes: bytes.length, durationMs: 0 } as const
    return { ...facts, body: new Blob([bytes]) }
  }
  return {
    note: { clockMs: 0, chapters: [], layout: null, name: file.name.slice(0, 255), closed: true },
    totals: { file: { segments: parts, durationMs: 0, sizeBytes: file.size } },
    get sent() {
      return confirmed.size
    },
    total: parts,
    async *read() {
      for (let number = 1; number <= parts; number++) if (!confirmed.has(number)) yield await part(number)
    },
    get: async (_, number) => part(number),
    async confirm(_, number) {
      if (number >= 1 && number <= parts) confirmed.add(number)
      onSent(confirmed.size / parts)
    },
  }
}

import { sha256Of } from '../recorder/spool/sha256.ts'

/** How a file is known again after a reload, when nothing but its name is shown. */
export type FileFacts = { name: string; sizeBytes: number; lastModified: number; fingerprint: string }

const endBytes = 1024 * 1024

/** Reads a stretch of a file into memory. Throws when it was changed or deleted since it was chosen. */
export const bytesOf = async (file: Blob, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await file.slice(from, to).arrayBuffer())

/** The hash of its first and its last mebibyte: a file of any size in an instant. */
export async function factsOf(file: File): Promise<FileFacts> {
  const ends = [await bytesOf(file, 0, endBytes), await bytesOf(file, Math.max(endBytes, file.size - endBytes), file.size)]
  const fingerprint = await sha256Of(new Uint8Array(await new Blob(ends).arrayBuffer()))
  return { name: file.name, sizeBytes: file.size, lastModified: file.lastModified, fingerprint }
}

export const isSameFile = (one: FileFacts, other: FileFacts): boolean =>
  one.sizeBytes === other.sizeBytes && one.fingerprint === other.fingerprint

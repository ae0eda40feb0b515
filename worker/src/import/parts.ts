import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Db } from '@meanwhile/shared/db/client'
import { fileParts, type UploadedFile, videos } from '@meanwhile/shared/db/schema/videos'
import { keys } from '@meanwhile/shared/platform/keys'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { asc, eq } from 'drizzle-orm'
import { StageFailure } from '../failure.ts'

type Part = { number: number; sha256: string; sizeBytes: number }
/** An uploaded file, as the API wrote it down. */
export type Upload = { file: UploadedFile; parts: Part[] }

/** @throws {StageFailure} when there is no file, or not all of it */
export async function readUpload(db: Db, videoId: string): Promise<Upload> {
  const [video] = await db.select({ file: videos.file }).from(videos).where(eq(videos.id, videoId))
  const parts = await db
    .select({ number: fileParts.number, sha256: fileParts.sha256, sizeBytes: fileParts.sizeBytes })
    .from(fileParts)
    .where(eq(fileParts.videoId, videoId))
    .orderBy(asc(fileParts.number))
  const file = video?.file
  const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0)
  if (!file || parts.length !== file.parts || sizeBytes !== file.sizeBytes)
    throw new StageFailure('A part of the file never arrived.', { isFinal: true })
  return { file, parts }
}

async function* bytesOf(storage: Storage, videoId: string, parts: Part[], onPart: (share: number) => void) {
  for (const [index, { number, sha256 }] of parts.entries()) {
    const hash = createHash('sha256')
    for await (const chunk of (await storage.read(keys.filePart(videoId, number))) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      yield chunk
    }
    if (hash.digest('hex') !== sha256)
      throw new StageFailure(`Part ${number} of the file is damaged in the storage.`, { isFinal: false })
    onPart((index + 1) / parts.length)
  }
}

/** Puts the parts together on the worker's disk. @throws {StageFailure} when one is not what was stored */
export async function assembleUpload(
  storage: Storage,
  videoId: string,
  { parts }: Upload,
  target: string,
  { signal, onPart }: { signal: AbortSignal; onPart(share: number): void },
): Promise<void> {
  await pipeline(bytesOf(storage, videoId, parts, onPart), createWriteStream(target, { mode: 0o600 }), { signal })
}

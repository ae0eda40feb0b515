import type { StoredFilePart } from '@meanwhile/shared/contract/file-parts'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { keys } from '@meanwhile/shared/platform/keys'
import type { Log } from '@meanwhile/shared/platform/log'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { and, eq } from 'drizzle-orm'
import { addStoredBytes } from '../storage-use/queries.ts'
import { noteLate, type VideoRow } from './access.ts'
import type { Received } from './receive-file.ts'

const { fileParts, segments, videos } = schema
type Deps = { db: Db; storage: Storage; log: Pick<Log, 'warn'>; admit(sizeBytes: number): Promise<void> }
type PartRow = typeof fileParts.$inferSelect
type Place = { videoId: string; number: number }

async function findPart(db: Db, { videoId, number }: Place) {
  const [row] = await db
    .select()
    .from(fileParts)
    .where(and(eq(fileParts.videoId, videoId), eq(fileParts.number, number)))
  return row
}

const asStored = ({ number, sha256, sizeBytes }: PartRow): StoredFilePart => ({ number, sha256, sizeBytes })

function sameOrConflict(stored: PartRow, sha256: string, log: Deps['log']): StoredFilePart {
  if (stored.sha256 === sha256) return asStored(stored)
  const { videoId, number } = stored
  log.warn({ videoId, part: number, stored: stored.sha256, sent: sha256 }, 'other bytes were sent for a stored part')
  throw new ProblemError('part-conflict', `Part ${number} is kept as it arrived first.`)
}

/** A complete file takes nothing more, unless the server called it complete because its recorder did not come back. */
function refuseLate({ file, finishedAt, recoveredAt }: Pick<VideoRow, 'file' | 'finishedAt' | 'recoveredAt'>) {
  if ((file || finishedAt) && !recoveredAt) throw new ProblemError('video-finished')
}

/** A file is cut into segments by the worker; until then a video that takes a file has none. */
async function requireNoSegments(tx: Db, videoId: string, { file }: Pick<VideoRow, 'file'>) {
  if (file) return
  const [segment] = await tx.select({ number: segments.number }).from(segments).where(eq(segments.videoId, videoId)).limit(1)
  if (segment) throw new ProblemError('upload-conflict', 'Segments of this video have arrived; create another for the file.')
}

/**
 * Stores a received part of a file: its row and its object are there before it resolves, or neither is promised.
 * @throws {ProblemError} `part-conflict`, `video-finished`, `upload-conflict`, and what `admit` throws
 */
export async function storeFilePart(
  { db, storage, log, admit }: Deps,
  video: VideoRow,
  place: Place,
  { file, sha256, sizeBytes }: Received<unknown>,
): Promise<{ isNew: boolean; part: StoredFilePart }> {
  const stored = await findPart(db, place)
  if (stored) return { isNew: false, part: sameOrConflict(stored, sha256, log) }
  refuseLate(video)
  if (sizeBytes === 0) throw new ProblemError('invalid-request', 'The part is empty.')
  await admit(sizeBytes)

  const { isLate, ...answer } = await db.transaction(async (tx) => {
    const [inserted] = await tx
      .insert(fileParts)
      .values({ ...place, sha256, sizeBytes })
      .onConflictDoNothing()
      .returning()
    if (!inserted) {
      const first = await findPart(tx, place)
      if (!first) throw new ProblemError('unavailable')
      return { isNew: false, part: sameOrConflict(first, sha256, log), isLate: false }
    }
    // Its row keeps the file from being finished now; it may have been meanwhile.
    const now = one(await tx.select().from(videos).where(eq(videos.id, place.videoId)))
    refuseLate(now)
    await requireNoSegments(tx, place.videoId, now)
    await storage.putFile(keys.filePart(place.videoId, place.number), file)
    return { isNew: true, part: asStored(inserted), isLate: now.recoveredAt !== null }
  })
  if (answer.isNew) await addStoredBytes(db, place.videoId, sizeBytes)
  if (isLate) await noteLate(db, place.videoId)
  return answer
}

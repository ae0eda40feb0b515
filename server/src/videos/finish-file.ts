import type { FinishFile } from '@meanwhile/shared/contract/file-parts'
import { ProblemError } from '@meanwhile/shared/contract/problem'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { startImport } from '@meanwhile/shared/db/finish'
import { eq } from 'drizzle-orm'
import { requireLocked, type VideoOfUpdate, type VideoRow } from './access.ts'
import { missingParts, partsOf } from './file-ledger.ts'

const { segments, videos } = schema

async function requireComplete(tx: Db, videoId: string, told: FinishFile) {
  const { numbers, sizeBytes } = await partsOf(tx, videoId)
  const missing = missingParts(numbers, told.parts)
  const last = numbers.at(-1) ?? 0
  if (last > told.parts)
    throw new ProblemError('finish-conflict', `Part ${last} has arrived too; finish with at least ${last} parts.`)
  if (missing.length > 0)
    throw new ProblemError('parts-missing', 'Send the missing parts, then finish again.', { missing: { file: missing } })
  if (sizeBytes !== told.sizeBytes)
    throw new ProblemError('finish-conflict', `The parts have ${sizeBytes} bytes together, not ${told.sizeBytes}.`)
}

async function requireFileAlone(tx: Db, { id, file, finishedAt }: VideoRow) {
  if (file) return
  const [segment] = await tx.select({ number: segments.number }).from(segments).where(eq(segments.videoId, id)).limit(1)
  if (segment || finishedAt) throw new ProblemError('upload-conflict')
}

/** Whether this is said for the second time. @throws {ProblemError} `finish-conflict` when it was something else before */
function isSaidBefore({ file, recoveredAt }: VideoRow, told: FinishFile): boolean {
  if (!file) return false
  const isSame = file.parts === told.parts && file.sizeBytes === told.sizeBytes
  if (!isSame && !(recoveredAt && told.parts > file.parts))
    throw new ProblemError('finish-conflict', `This file was finished with ${file.parts} parts and ${file.sizeBytes} bytes.`)
  return isSame
}

/**
 * Finishes an uploaded file: the worker makes segments of it. The same again changes nothing.
 * @returns whether the import starts now, and keys of objects to delete
 * @throws {ProblemError} `parts-missing` with the list, `finish-conflict`, `upload-conflict`
 */
export const finishFile = (
  db: Db,
  { video: { id: videoId }, update }: VideoOfUpdate,
  told: FinishFile,
  requestId: string,
): Promise<{ starts: boolean; withdrawn: string[] }> =>
  db.transaction(async (tx) => {
    const video = await requireLocked(tx, videoId)
    if (isSaidBefore(video, told)) {
      await tx.update(videos).set({ recoveredAt: null }).where(eq(videos.id, videoId))
      return { starts: false, withdrawn: [] }
    }
    await requireFileAlone(tx, video)
    await requireComplete(tx, videoId, told)
    const file = { parts: told.parts, sizeBytes: told.sizeBytes, name: told.name || video.file?.name || null }
    return {
      starts: true,
      withdrawn: await startImport(tx, { video, update, by: 'recorder', requestId, file, clockMs: told.clockMs }),
    }
  })

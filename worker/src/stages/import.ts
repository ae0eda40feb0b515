import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Db, one } from '@meanwhile/shared/db/client'
import { finishRecording } from '@meanwhile/shared/db/finish'
import { updates } from '@meanwhile/shared/db/schema/updates'
import { segments, stages, videos } from '@meanwhile/shared/db/schema/videos'
import { and, eq } from 'drizzle-orm'
import { StageFailure } from '../failure.ts'
import { convertUpload } from '../import/convert-upload.ts'
import { lookAtFile } from '../import/look.ts'
import { assembleUpload, readUpload } from '../import/parts.ts'
import { clearSegments, forgetParts, storeSegments } from '../import/store.ts'
import type { Outcome, Work } from './stage.ts'

type NewSegment = typeof segments.$inferInsert

/** How much of the time each step takes, as far as people are told. */
const shares = { fetched: 0.1, read: 0.2, converted: 0.85 }
const between = (work: Work, from: number, to: number) => (share: number) => work.onProgress(from + (to - from) * share)

/** In the transaction that publishes: the rows, the end of the recording, and what there is to say about the file. */
async function publishSegments(tx: Db, videoId: string, rows: NewSegment[], remarks: string[]): Promise<string[]> {
  const [found] = await tx
    .select({ video: videos, update: updates })
    .from(videos)
    .innerJoin(updates, eq(updates.id, videos.updateId))
    .where(eq(videos.id, videoId))
    .for('update', { of: videos })
  if (!found) throw new StageFailure('The video is gone.', { isFinal: true })
  for (let from = 0; from < rows.length; from += 500) await tx.insert(segments).values(rows.slice(from, from + 500))
  const ofImport = and(eq(stages.videoId, videoId), eq(stages.name, 'import'))
  const { requestId } = one(await tx.select({ requestId: stages.requestId }).from(stages).where(ofImport))
  const counts = { main: rows.length - 1 }
  const { withdrawn } = await finishRecording(tx, { ...found, counts, by: 'import', requestId })
  if (remarks.length > 0)
    await tx
      .update(stages)
      .set({ error: remarks.join(' ') })
      .where(ofImport)
  // A file that the server finished in the place of its recorder may still grow: then it is imported again, from the beginning.
  const parts = found.video.recoveredAt ? [] : await forgetParts(tx, videoId)
  return [...withdrawn, ...parts]
}

/**
 * Makes the segments of an uploaded file, as if a browser had recorded it: copying where the codecs allow, encoding where not. Then the
 * video is finished as every other one, and the file itself is no longer needed.
 */
export async function importFile(work: Work): Promise<Outcome> {
  const { db, storage, videoId, dir, signal } = work
  const upload = await readUpload(db, videoId)
  await clearSegments(work)
  const file = join(dir, 'upload')
  await assembleUpload(storage, videoId, upload, file, { signal, onPart: between(work, 0, shares.fetched) })
  const { container, plan } = await lookAtFile(work, file)
  work.onProgress(shares.read)
  const onProgress = between(work, shares.read, shares.converted)
  const converted = await convertUpload({ ...work, onProgress }, file, container, plan)
  await rm(file)

  const onStored = between(work, shares.converted, 1)
  const rows = await storeSegments(work, converted.file, converted.fragments, onStored).catch(async (error) => {
    await clearSegments(work).catch(() => {})
    throw error
  })
  return { made: [], also: (tx) => publishSegments(tx, videoId, rows, plan.remarks) }
}

import type { StoredSegment } from '@meanwhile/shared/contract/videos'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { remakeAll } from '@meanwhile/shared/db/finish'
import { ofTrack } from '@meanwhile/shared/db/ledger'
import { keys } from '@meanwhile/shared/platform/keys'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { and, eq, sql } from 'drizzle-orm'
import { requireLocked } from './access.ts'
import { type Boxes, measure, type Place, remeasure } from './measure-segment.ts'
import { asStored, type ReceivedSegment, sameOrConflict } from './stored-segment.ts'

const { segments, updates } = schema
type Deps = { db: Db; storage: Storage; log: Parameters<typeof sameOrConflict>[2] }

/**
 * What never arrived has arrived after all: it takes the place of the still picture and the silence that the server had made, and
 * what was made of the recording is made again.
 * @returns keys of objects to delete
 * @throws {ProblemError} as `storeSegment`
 */
export const replaceFilled = (
  { db, storage, log }: Deps,
  place: Place,
  boxes: Boxes,
  { file, sha256, sizeBytes, fields }: ReceivedSegment,
  requestId: string,
): Promise<{ isNew: boolean; segment: StoredSegment; withdrawn: string[] }> =>
  db.transaction(async (tx) => {
    const { videoId, track, number } = place
    // It keeps everybody else out of the track, so nothing else needs to be held.
    const video = await requireLocked(tx, videoId)
    const here = and(ofTrack(videoId, track), eq(segments.number, number))
    const before = one(await tx.select().from(segments).where(here))
    if (!before.filled) return { isNew: false, segment: sameOrConflict(before, sha256, log), withdrawn: [] }

    const durationMs = await measure(tx, place, boxes, fields.durationMs)
    const said = { init: null, runs: null, ...boxes }
    const [replaced] = await tx
      .update(segments)
      .set({ sha256, sizeBytes, durationMs, ...said, filled: false, createdAt: sql`now()` })
      .where(here)
      .returning()
    if ('init' in boxes) await remeasure(tx, place, boxes.init)
    await storage.putFile(keys.segment(videoId, track, number), file)
    const update = one(await tx.select().from(updates).where(eq(updates.id, video.updateId)))
    const withdrawn = await remakeAll(tx, { video, update, requestId })
    return { isNew: true, segment: asStored(replaced ?? before), withdrawn }
  })

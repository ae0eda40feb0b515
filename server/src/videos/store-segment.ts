import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { StoredSegment } from '@meanwhile/shared/contract/videos'
import { type Db, one, schema } from '@meanwhile/shared/db/client'
import { ofTrack } from '@meanwhile/shared/db/ledger'
import { isInitSegment, readInit, readMediaSegment } from '@meanwhile/shared/media/cmaf'
import { keys } from '@meanwhile/shared/platform/keys'
import type { Log } from '@meanwhile/shared/platform/log'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { and, eq } from 'drizzle-orm'
import { addStoredBytes } from '../storage-use/queries.ts'
import { noteLate, type VideoRow } from './access.ts'
import { asProblem, type Boxes, holdTrack, measure, type Place, remeasure } from './measure-segment.ts'
import { withFileSource } from './receive-file.ts'
import { replaceFilled } from './replace-filled.ts'
import { asStored, type ReceivedSegment, sameOrConflict } from './stored-segment.ts'

const { segments, videos } = schema
type Deps = { db: Db; storage: Storage; log: Pick<Log, 'warn'>; admit(sizeBytes: number): Promise<void> }

/** Number 0 is an init segment; a later number is one again where the recorder's encoder started anew. */
const readBoxes = ({ file, sizeBytes }: ReceivedSegment, number: number): Promise<Boxes> =>
  asProblem(() =>
    withFileSource(file, sizeBytes, async (source) =>
      number === 0 || (await isInitSegment(source))
        ? { init: await readInit(source) }
        : { runs: (await readMediaSegment(source)).runs },
    ),
  )

async function findStored(db: Db, { videoId, track, number }: Place) {
  const [row] = await db
    .select()
    .from(segments)
    .where(and(ofTrack(videoId, track), eq(segments.number, number)))
  return row
}

/** A recording that the server finished takes what comes late; one that its recorder finished takes nothing. */
function refuseLate({ finishedSegments, recoveredAt }: Pick<VideoRow, 'finishedSegments' | 'recoveredAt'>, place: Place) {
  if (finishedSegments && !recoveredAt && place.number > (finishedSegments[place.track] ?? -1))
    throw new ProblemError('video-finished')
}

/**
 * Stores a received segment: its row and its object are there before it resolves, or neither is promised.
 * @returns with `withdrawn`, keys of objects to delete, when it replaces a filled one and stages start again
 * @throws {ProblemError} `not-cmaf`, `segment-conflict`, `video-finished`, `upload-conflict`, `not-found`, and what `admit` throws
 */
export async function storeSegment(
  { db, storage, log, admit }: Deps,
  video: VideoRow,
  place: Place,
  received: ReceivedSegment,
  requestId: string,
): Promise<{ isNew: boolean; segment: StoredSegment; withdrawn?: string[] }> {
  const stored = await findStored(db, place)
  if (stored && !stored.filled) return { isNew: false, segment: sameOrConflict(stored, received.sha256, log) }
  if (!video.tracks.includes(place.track)) throw new ProblemError('not-found', `This video has no track ${place.track}.`)
  if (video.file) throw new ProblemError('upload-conflict')
  refuseLate(video, place)
  await admit(received.sizeBytes)
  const boxes = await readBoxes(received, place.number)
  const { sizeBytes, sha256, fields } = received
  if (stored) {
    const replaced = await replaceFilled({ db, storage, log }, place, boxes, received, requestId)
    if (replaced.isNew) await addStoredBytes(db, place.videoId, sizeBytes)
    return replaced
  }

  const { isLate, ...answer } = await db.transaction(async (tx) => {
    await holdTrack(tx, place, boxes)
    const durationMs = await measure(tx, place, boxes, fields.durationMs)
    // The new row holds back a second writer of the same number until this one is done or has failed.
    const [inserted] = await tx
      .insert(segments)
      .values({ ...place, sha256, sizeBytes, durationMs, ...boxes })
      .onConflictDoNothing()
      .returning()
    if (!inserted) {
      const first = await findStored(tx, place)
      if (!first) throw new ProblemError('unavailable')
      return { isNew: false, segment: sameOrConflict(first, sha256, log), isLate: false }
    }
    // Its row keeps the video from being finished now; it may have been meanwhile.
    const now = one(await tx.select().from(videos).where(eq(videos.id, place.videoId)))
    refuseLate(now, place)
    if ('init' in boxes) await remeasure(tx, place, boxes.init)
    await storage.putFile(keys.segment(place.videoId, place.track, place.number), received.file)
    return { isNew: true, segment: asStored(inserted), isLate: now.recoveredAt !== null }
  })
  if (answer.isNew) await addStoredBytes(db, place.videoId, sizeBytes)
  if (isLate) await noteLate(db, place.videoId)
  return answer
}

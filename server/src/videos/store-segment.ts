import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { StoredSegment, Track } from '@meanwhile/shared/contract/videos'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { CmafError, type Init, type Run, readInit, readMediaSegment, segmentDurationMs } from '@meanwhile/shared/media/cmaf'
import { keys } from '@meanwhile/shared/platform/keys'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { and, eq, gt } from 'drizzle-orm'
import type { VideoRow } from './access.ts'
import { type ReceivedSegment, withFileSource } from './receive-segment.ts'

const { segments } = schema
type Place = { video: VideoRow; track: Track; number: number }
type Boxes = { init: Init } | { runs: Run[] }

/** Turns what the box reader refuses into a problem. */
async function asProblem<T>(read: () => Promise<T> | T): Promise<T> {
  try {
    return await read()
  } catch (error) {
    throw error instanceof CmafError ? new ProblemError('not-cmaf', `The file was refused: ${error.message}.`) : error
  }
}

const readBoxes = ({ file, sizeBytes }: ReceivedSegment, number: number): Promise<Boxes> =>
  asProblem(() =>
    withFileSource(file, sizeBytes, async (source) =>
      number === 0 ? { init: await readInit(source) } : { runs: (await readMediaSegment(source)).runs },
    ),
  )

const at = ({ video, track, number }: Place) =>
  and(eq(segments.videoId, video.id), eq(segments.track, track), eq(segments.number, number))

async function findStored(db: Db, place: Place) {
  const [row] = await db.select().from(segments).where(at(place))
  return row
}

const asStored = ({ track, number, sha256, sizeBytes, durationMs }: typeof segments.$inferSelect): StoredSegment => ({
  track,
  number,
  sha256,
  sizeBytes,
  durationMs: Math.round(durationMs),
})

/** The length as the boxes say it, when the init segment is known. */
async function measure(db: Db, place: Place, boxes: Boxes, toldMs: number): Promise<number> {
  if ('init' in boxes) return 0
  const init = (await findStored(db, { ...place, number: 0 }))?.init
  return init ? asProblem(() => segmentDurationMs(init, boxes)) : toldMs
}

/** Media that arrived before its init segment is measured now. */
async function remeasure(db: Db, { video, track }: Place, init: Init) {
  const early = await db
    .select()
    .from(segments)
    .where(and(eq(segments.videoId, video.id), eq(segments.track, track), gt(segments.number, 0)))
  for (const { number, runs } of early) {
    const durationMs = await asProblem(() => segmentDurationMs(init, { runs: runs ?? [] }))
    await db.update(segments).set({ durationMs }).where(at({ video, track, number }))
  }
}

function refuseLate({ video, track, number }: Place) {
  if (!video.tracks.includes(track)) throw new ProblemError('not-found', `This video has no track ${track}.`)
  if (video.finishedSegments && number > (video.finishedSegments[track] ?? -1)) throw new ProblemError('video-finished')
}

/** Same number, same bytes: the first answer again. @throws {ProblemError} `segment-conflict` for other bytes */
function sameOrConflict(stored: typeof segments.$inferSelect, sha256: string): StoredSegment {
  if (stored.sha256 !== sha256)
    throw new ProblemError('segment-conflict', `Segment ${stored.number} of ${stored.track} is kept as it arrived first.`)
  return asStored(stored)
}

/**
 * Stores a received segment: its row and its object are there before it resolves, or neither is promised.
 * @throws {ProblemError} `not-cmaf`, `segment-conflict`, `video-finished`, `not-found`
 */
export async function storeSegment(
  { db, storage }: { db: Db; storage: Storage },
  place: Place,
  received: ReceivedSegment,
): Promise<{ isNew: boolean; segment: StoredSegment }> {
  const stored = await findStored(db, place)
  if (stored) return { isNew: false, segment: sameOrConflict(stored, received.sha256) }
  refuseLate(place)
  const boxes = await readBoxes(received, place.number)
  const { video, track, number } = place
  const { sizeBytes, sha256, fields } = received

  return db.transaction(async (tx) => {
    const durationMs = await measure(tx, place, boxes, fields.durationMs)
    const row = { videoId: video.id, track, number, sha256, sizeBytes, durationMs, ...boxes }
    // The new row holds back a second writer of the same number until this one is done or has failed.
    const [inserted] = await tx.insert(segments).values(row).onConflictDoNothing().returning()
    if (!inserted) {
      const first = await findStored(tx, place)
      if (!first) throw new ProblemError('unavailable')
      return { isNew: false, segment: sameOrConflict(first, sha256) }
    }
    if ('init' in boxes) await remeasure(tx, place, boxes.init)
    await storage.putFile(keys.segment(video.id, track, number), received.file)
    return { isNew: true, segment: asStored(inserted) }
  })
}

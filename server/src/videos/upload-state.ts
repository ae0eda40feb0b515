import { ProblemError } from '@meanwhile/shared/contract/problem'
import type { Track, UploadReport, UploadState } from '@meanwhile/shared/contract/videos'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { trackSummary } from '@meanwhile/shared/db/ledger'
import { and, eq, isNotNull, isNull, or, sql } from 'drizzle-orm'
import type { VideoRow } from './access.ts'
import { partsOf } from './file-ledger.ts'
import { arrived, runsOf } from './ledger.ts'
import { videoState } from './video-view.ts'

const { stages, videos } = schema

async function trackState(db: Db, videoId: string, track: Track) {
  const [{ numbers, sizeBytes }, { durationMs }] = await Promise.all([
    arrived(db, videoId, track),
    trackSummary(db, videoId, track),
  ])
  return { ranges: runsOf(numbers), durationMs, sizeBytes }
}

/** Once its segments are made the parts are gone; that they had all arrived is still true. */
async function fileState(db: Db, { id, file }: VideoRow): Promise<UploadState['file']> {
  const { numbers, sizeBytes } = await partsOf(db, id)
  if (numbers.length > 0) return { ranges: runsOf(numbers), sizeBytes }
  return file && { ranges: [[1, file.parts]], sizeBytes: file.sizeBytes }
}

/** What has arrived of a video, for who uploads it. */
export async function uploadState(db: Db, video: VideoRow): Promise<UploadState> {
  const tracks = video.tracks.map(async (track) => [track, await trackState(db, video.id, track)] as const)
  const [file, made, ...entries] = await Promise.all([
    fileState(db, video),
    db.select({ name: stages.name, state: stages.state }).from(stages).where(eq(stages.videoId, video.id)),
    ...tracks,
  ])
  return {
    state: videoState(video, made),
    tracks: Object.fromEntries(entries),
    file,
  }
}

/**
 * Writes down what the recorder says it has: its sign of life. Once it has finished, there is nothing more to say.
 * @throws {ProblemError} `invalid-request` for a track that the video does not have
 */
export async function noteReport(db: Db, video: VideoRow, { tracks, file, clockMs }: UploadReport) {
  const unknown = (Object.keys(tracks) as Track[]).find((track) => !video.tracks.includes(track))
  if (unknown) throw new ProblemError('invalid-request', `This video has no track ${unknown}.`)
  await db
    .update(videos)
    .set({ recorded: { tracks, ...(file ? { file } : {}) }, clockMs, reportedAt: sql`now()` })
    .where(and(eq(videos.id, video.id), or(isNull(videos.finishedAt), isNotNull(videos.recoveredAt))))
}

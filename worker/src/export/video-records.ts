import type { Db } from '@meanwhile/shared/db/client'
import { captions } from '@meanwhile/shared/db/schema/captions'
import { comments } from '@meanwhile/shared/db/schema/comments'
import { assets, videos } from '@meanwhile/shared/db/schema/videos'
import type { Cue } from '@meanwhile/shared/media/captions'
import { keys } from '@meanwhile/shared/platform/keys'
import type { VideoRecord } from '@meanwhile/shared/platform/workspace-file'
import { and, asc, eq, inArray, isNotNull, isNull, or } from 'drizzle-orm'
import { StageFailure } from '../failure.ts'
import { type Part, partsOf, readLedger, type TrackLedger } from '../ledger.ts'

/** A file of the export that comes out of the storage: its objects, one behind the other. */
export type MediaFile = { path: string; keys: string[]; sizeBytes: number; sha256: string[] | null }
export type ExportedVideo = { record: VideoRecord; cues: Cue[][]; media: MediaFile[] }

type VideoRow = typeof videos.$inferSelect

/** What is played as one file: an init segment and what it describes. Parts that were filled in bring their own. */
const filesOf = ({ stretches }: TrackLedger): Part[][] =>
  stretches.flatMap((stretch) => (stretch.init ? [partsOf(stretch)] : stretch.parts.map((part) => [part])))

/** What arrived of a recording that has no original yet: a file for each stretch of each track. */
async function recordedFiles(db: Db, folder: string, { id }: VideoRow) {
  const { main, camera, audio } = await readLedger(db, id)
  const tracks = [main, audio, camera].filter((track) => track !== null)
  return tracks.flatMap((ledger) =>
    filesOf(ledger).map((parts, index) => ({
      track: ledger.track,
      media: {
        path: `${folder}recorded-${ledger.track}-${index + 1}.mp4`,
        keys: parts.map(({ number }) => keys.segment(id, ledger.track, number)),
        sizeBytes: parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
        sha256: parts.map(({ sha256 }) => sha256),
      },
    })),
  )
}

/** One that is not complete does not keep everything else from being taken along. */
function nothingWhole(error: unknown): never[] {
  if (error instanceof StageFailure) return []
  throw error
}

async function exported(db: Db, row: VideoRow, own: (typeof assets.$inferSelect)[], written: (typeof captions.$inferSelect)[]) {
  const folder = `media/${row.id}/`
  const media: MediaFile[] = []
  const take = (name: string, file: string) => {
    const asset = own.find((each) => each.name === name)
    if (!asset) return null
    media.push({ path: folder + file, keys: [asset.key], sizeBytes: asset.sizeBytes, sha256: null })
    return folder + file
  }
  const original = take('original', 'original.mp4')
  const camera = take('camera', 'camera.mp4')
  const poster = take('poster', 'poster.jpg')
  const recorded = original ? [] : await recordedFiles(db, folder, row).catch(nothingWhole)
  media.push(...recorded.map((each) => each.media))
  const record: VideoRecord = {
    ...{ id: row.id, updateId: row.updateId, commentId: row.commentId, durationMs: row.durationMs },
    finishedAt: row.finishedAt?.toISOString() ?? null,
    ...{ layout: row.layout, cuts: row.cuts, chapters: row.chapters, original, camera, poster },
    recorded: recorded.map(({ track, media: { path } }) => ({ track, path })),
    captions: written.map(({ language, source, label }, index) => ({
      ...{ language, source, label, path: `${folder}captions-${index + 1}.vtt` },
    })),
  }
  return { record, cues: written.map(({ cues }) => cues), media }
}

/** The finished videos of some updates and of the comments on them. */
export async function exportedVideos(db: Db, updateIds: string[]): Promise<ExportedVideo[]> {
  const rows = await db
    .select({ video: videos })
    .from(videos)
    .leftJoin(comments, eq(comments.id, videos.commentId))
    .where(
      and(
        inArray(videos.updateId, updateIds),
        isNotNull(videos.finishedSegments),
        or(isNull(videos.commentId), and(isNotNull(comments.publishedAt), isNull(comments.deletedAt))),
      ),
    )
    .orderBy(asc(videos.createdAt), asc(videos.id))
  const ids = rows.map(({ video }) => video.id)
  if (ids.length === 0) return []
  const made = await db
    .select()
    .from(assets)
    .where(and(inArray(assets.videoId, ids), inArray(assets.name, ['original', 'camera', 'poster'])))
  const written = await db
    .select()
    .from(captions)
    .where(inArray(captions.videoId, ids))
    .orderBy(captions.source, captions.language)
  const found: ExportedVideo[] = []
  for (const { video } of rows) {
    const of = <T extends { videoId: string }>(list: T[]) => list.filter(({ videoId }) => videoId === video.id)
    found.push(await exported(db, video, of(made), of(written)))
  }
  return found
}

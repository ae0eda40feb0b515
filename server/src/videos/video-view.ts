import type { Playback, Rendition, Stage, Video, VideoState } from '@meanwhile/shared/contract/videos'
import { StageName } from '@meanwhile/shared/contract/videos'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { tracksOf } from '@meanwhile/shared/db/finish'
import { type TrackSummary, trackSummary } from '@meanwhile/shared/db/ledger'
import { normalizeCuts, watchedLengthMs } from '@meanwhile/shared/media/cuts'
import { headingsIn } from '@meanwhile/shared/media/headings'
import { isApart, isEdited } from '@meanwhile/shared/platform/jobs'
import { and, count, eq, gt, type SQL, sql } from 'drizzle-orm'
import { asTrack, captionsOf } from '../captions/queries.ts'
import type { MediaUrls } from '../media/urls.ts'
import type { VideoRow } from './access.ts'

const { assets, segments, stages, updates } = schema
type AssetRow = typeof assets.$inferSelect

/**
 * What people are told about a video: it can be watched as soon as it is finished, whatever its stages do. One whose file is complete
 * is being made into segments. What somebody else's service does about it does not count.
 */
export function videoState(
  { finishedAt, file }: Pick<VideoRow, 'finishedAt' | 'file'>,
  made: Pick<Stage, 'name' | 'state'>[],
): VideoState {
  const states = made.filter(({ name }) => !isApart(name)).map(({ state }) => state)
  if (!finishedAt && !file) return 'recording'
  if (states.includes('failed')) return 'needs_attention'
  return finishedAt && states.every((state) => state === 'done') ? 'ready' : 'processing'
}

const renditionOf = (
  video: VideoRow,
  urls: MediaUrls,
  { name, key, hlsKey, width, height, sizeBytes, durationMs }: AssetRow,
): Rendition[] =>
  hlsKey && width && height
    ? [
        {
          name,
          width,
          height,
          bitsPerSecond: durationMs ? Math.round((sizeBytes * 8000) / durationMs) : 0,
          hls: urls.rendition(video.id, name),
          file: urls.asset(video.id, key),
          edited: isEdited({ ...video, tracks: tracksOf(video) }),
        },
      ]
    : []

type Parts = {
  main: TrackSummary
  camera: TrackSummary | null
  made: AssetRow[]
  captions: Awaited<ReturnType<typeof captionsOf>>
}

function playbackOf(video: VideoRow, { main, camera, made, captions }: Parts, urls: MediaUrls): Playback {
  const url = (name: string) => {
    const asset = made.find((each) => each.name === name)
    return asset ? urls.asset(video.id, asset.key) : null
  }
  const isEditedVideo = isEdited({ ...video, tracks: tracksOf(video) })
  const download = made.find(({ name }) => name === (isEditedVideo ? 'download' : 'original'))
  return {
    hls: main.durationMs > 0 ? urls.master(video.id) : null,
    original: url('original'),
    audio: url('audio'),
    poster: url('poster'),
    preview: url('preview'),
    storyboard: url('storyboard-index'),
    silences: video.sound?.silences ?? null,
    loudness: video.sound?.loudness ?? null,
    waveform: url('waveform'),
    captions: captions.map((row) => asTrack(row, urls)),
    download: download ? urls.download(video.id, download.name) : null,
    camera: camera && camera.durationMs > 0 ? { hls: urls.rendition(video.id, 'camera'), file: url('camera') } : null,
    renditions: made.flatMap((asset) => renditionOf(video, urls, asset)).sort((a, b) => b.height - a.height),
    expiresAt: urls.expiresAt,
  }
}

/** All that is stored of the track main, playable or not, and what of it was filled. */
async function storedOf(db: Db, videoId: string) {
  const sumMs = (which: SQL) => sql<number>`coalesce(sum(${segments.durationMs}) filter (where ${which}), 0)::float8`
  const [row] = await db
    .select({ count: count(), ms: sumMs(sql`true`), filledMs: sumMs(sql`${segments.filled}`) })
    .from(segments)
    .where(and(eq(segments.videoId, videoId), eq(segments.track, 'main'), gt(segments.number, 0)))
    .prepare('stored')
    .execute()
  return { count: row?.count ?? 0, ms: row?.ms ?? 0, filledMs: Math.round(row?.filledMs ?? 0) }
}

async function textOf(db: Db, updateId: string): Promise<string> {
  const isIt = eq(updates.id, updateId)
  const [update] = await db.select({ body: updates.body }).from(updates).where(isIt).prepare('text').execute()
  return update?.body ?? ''
}

/** A video as the API shows it. */
export async function videoView(db: Db, video: VideoRow, urls: MediaUrls): Promise<Video> {
  const [main, camera, stored, captions, text, made, stageRows] = await Promise.all([
    trackSummary(db, video.id, 'main'),
    tracksOf(video).includes('camera') ? trackSummary(db, video.id, 'camera') : null,
    storedOf(db, video.id),
    captionsOf(db, video.id),
    video.chapters.length > 0 || video.commentId ? '' : textOf(db, video.updateId),
    db.select().from(assets).where(eq(assets.videoId, video.id)).prepare('assets').execute(),
    db.select().from(stages).where(eq(stages.videoId, video.id)).prepare('stages').execute(),
  ])
  const picture = main.init?.tracks.find(({ kind }) => kind === 'video')
  const recordedMs = video.durationMs ?? main.durationMs
  const endMs = video.finishedAt === null ? Number.POSITIVE_INFINITY : recordedMs
  const inOrder = StageName.options.flatMap((name) => stageRows.filter((stage) => stage.name === name))
  return {
    id: video.id,
    updateId: video.updateId,
    commentId: video.commentId,
    state: videoState(video, stageRows),
    tracks: tracksOf(video),
    durationMs: watchedLengthMs(video.cuts, recordedMs),
    recordedMs,
    hasPicture: picture !== undefined,
    width: picture?.width ?? null,
    height: picture?.height ?? null,
    layout: video.layout,
    cuts: normalizeCuts(video.cuts, recordedMs),
    chapters: video.chapters.length > 0 ? video.chapters.filter(({ atMs }) => atMs < endMs) : headingsIn(text, endMs),
    chaptersFrom: video.chapters.length > 0 ? 'video' : 'text',
    finishedAt: video.finishedAt,
    recovered: video.finishedAt && video.recoveredAt && { at: video.recoveredAt, upToMs: recordedMs },
    filledMs: stored.filledMs,
    heldBackMs: stored.count > main.segments ? Math.round(stored.ms - main.durationMs) : 0,
    playback: playbackOf(video, { main, camera, made, captions }, urls),
    stages: inOrder.map(({ name, state, progress, attempts, error }) => ({ name, state, progress, attempts, error })),
  }
}

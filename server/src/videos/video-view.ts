import type { Playback, Rendition, Stage, Video, VideoState } from '@meanwhile/shared/contract/videos'
import { StageName } from '@meanwhile/shared/contract/videos'
import { type Db, schema } from '@meanwhile/shared/db/client'
import { eq } from 'drizzle-orm'
import type { MediaUrls } from '../media/urls.ts'
import type { VideoRow } from './access.ts'
import { type TrackSummary, trackSummary } from './ledger.ts'

const { assets, stages } = schema
type AssetRow = typeof assets.$inferSelect

/** What people are told about a video: it can be watched as soon as it is finished, whatever its stages do. */
export function videoState(finishedAt: Date | null, states: Stage['state'][]): VideoState {
  if (!finishedAt) return 'recording'
  if (states.includes('failed')) return 'needs_attention'
  return states.every((state) => state === 'done') ? 'ready' : 'processing'
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
        },
      ]
    : []

function playbackOf(video: VideoRow, main: TrackSummary, made: AssetRow[], urls: MediaUrls): Playback {
  const url = (name: string) => {
    const asset = made.find((each) => each.name === name)
    return asset ? urls.asset(video.id, asset.key) : null
  }
  const original = made.find(({ name }) => name === 'original')
  return {
    hls: main.segments > 0 ? urls.master(video.id) : null,
    original: url('original'),
    poster: url('poster'),
    storyboard: url('storyboard-index'),
    download: original ? urls.download(video.id, original.key) : null,
    renditions: made.flatMap((asset) => renditionOf(video, urls, asset)).sort((a, b) => b.height - a.height),
    expiresAt: urls.expiresAt,
  }
}

/** A video as the API shows it. */
export async function videoView(db: Db, video: VideoRow, urls: MediaUrls): Promise<Video> {
  const [main, made, stageRows] = await Promise.all([
    trackSummary(db, video.id, 'main'),
    db.select().from(assets).where(eq(assets.videoId, video.id)),
    db.select().from(stages).where(eq(stages.videoId, video.id)),
  ])
  const picture = main.init?.tracks.find(({ kind }) => kind === 'video')
  const inOrder = StageName.options.flatMap((name) => stageRows.filter((stage) => stage.name === name))
  return {
    id: video.id,
    updateId: video.updateId,
    state: videoState(
      video.finishedAt,
      stageRows.map(({ state }) => state),
    ),
    tracks: video.tracks,
    durationMs: video.durationMs ?? main.durationMs,
    width: picture?.width ?? null,
    height: picture?.height ?? null,
    finishedAt: video.finishedAt,
    playback: playbackOf(video, main, made, urls),
    stages: inOrder.map(({ name, state, progress, attempts, error }) => ({ name, state, progress, attempts, error })),
  }
}

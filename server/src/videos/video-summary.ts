import type { Stage, VideoSummary } from '@meanwhile/shared/contract/videos'
import { schema } from '@meanwhile/shared/db/client'
import { watchedLengthMs } from '@meanwhile/shared/media/cuts'
import { sql } from 'drizzle-orm'
import type { MediaUrls } from '../media/urls.ts'
import type { VideoRow } from './access.ts'
import { videoState } from './video-view.ts'

const { assets, segments, stages, videos } = schema

/** What a list selects of videos, for a query that joins `videos` and their asset `poster`. */
export const summaryColumns = {
  video: videos,
  poster: assets.key,
  recordedMs: sql<number>`(select coalesce(sum(${segments.durationMs}), 0) from ${segments} where ${segments.videoId} = ${videos.id} and ${segments.track} = 'main')`,
  stages: sql<
    { state: Stage['state']; progress: number }[]
  >`(select coalesce(json_agg(json_build_object('state', ${stages.state}, 'progress', ${stages.progress})), '[]') from ${stages} where ${stages.videoId} = ${videos.id})`,
}

type Row = {
  video: VideoRow | null
  poster: string | null
  recordedMs: number
  stages: { state: Stage['state']; progress: number }[]
}

/** A video as lists show it; null when there is none. */
export function summaryOf({ video, stages: made, recordedMs, poster }: Row, urls: MediaUrls): VideoSummary | null {
  if (!video) return null
  const progress = made.reduce((sum, stage) => sum + (stage.state === 'done' ? 1 : stage.progress), 0) / Math.max(1, made.length)
  return {
    id: video.id,
    state: videoState(
      video,
      made.map(({ state }) => state),
    ),
    durationMs: watchedLengthMs(video.cuts, video.durationMs ?? Math.round(recordedMs)),
    progress: Math.min(1, progress),
    poster: poster === null ? null : urls.asset(video.id, poster),
  }
}

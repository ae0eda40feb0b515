import type { Stage, VideoSummary } from '@meanwhile/shared/contract/videos'
import { schema } from '@meanwhile/shared/db/client'
import { watchedLengthMs } from '@meanwhile/shared/media/cuts'
import { isApart } from '@meanwhile/shared/platform/jobs'
import { sql } from 'drizzle-orm'
import type { MediaUrls } from '../media/urls.ts'
import type { VideoRow } from './access.ts'
import { videoState } from './video-view.ts'

const { assets, segments, stages, videos } = schema

type Made = Pick<Stage, 'name' | 'state' | 'progress'>

/** What a list selects of videos, for a query that joins `videos` and their asset `poster`. */
export const summaryColumns = {
  video: videos,
  poster: assets.key,
  preview: sql<
    string | null
  >`(select preview.key from ${assets} as preview where preview.video_id = ${videos.id} and preview.name = 'preview')`,
  recordedMs: sql<number>`(select coalesce(sum(${segments.durationMs}), 0) from ${segments} where ${segments.videoId} = ${videos.id} and ${segments.track} = 'main')`,
  stages: sql<
    Made[]
  >`(select coalesce(json_agg(json_build_object('name', ${stages.name}, 'state', ${stages.state}, 'progress', ${stages.progress})), '[]') from ${stages} where ${stages.videoId} = ${videos.id})`,
}

type Row = { video: VideoRow | null; poster: string | null; preview: string | null; recordedMs: number; stages: Made[] }

/** A video as lists show it; null when there is none. */
export function summaryOf({ video, stages: all, recordedMs, poster, preview }: Row, urls: MediaUrls): VideoSummary | null {
  if (!video) return null
  const made = all.filter(({ name }) => !isApart(name))
  const progress = made.reduce((sum, stage) => sum + (stage.state === 'done' ? 1 : stage.progress), 0) / Math.max(1, made.length)
  const url = (key: string | null) => (key === null ? null : urls.asset(video.id, key))
  return {
    id: video.id,
    state: videoState(video, made),
    durationMs: watchedLengthMs(video.cuts, video.durationMs ?? Math.round(recordedMs)),
    progress: Math.min(1, progress),
    poster: url(poster),
    preview: url(preview),
  }
}

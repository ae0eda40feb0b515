import type { Video } from '@meanwhile/shared/contract/videos'
import type { Db } from '@meanwhile/shared/db/client'
import type { RunningEnv } from '@meanwhile/shared/platform/env'
import { urlsFor, urlsOf } from '../media/urls.ts'
import type { Candidate, Reader } from '../session.ts'
import { requireVisibleVideo } from './access.ts'
import { videoView } from './video-view.ts'

/** A video for who may see it. @throws {ProblemError} `not-found` */
export async function readVideo(
  { db, env }: { db: Db; env: RunningEnv },
  videoId: string,
  reader: Reader | Candidate,
): Promise<Video> {
  const { video, update } = await requireVisibleVideo(db, videoId, reader)
  return videoView(db, video, urlsOf(update, urlsFor(env.MEDIA_SECRET, reader)))
}

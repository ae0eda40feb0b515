import type { VideoEdit } from '@meanwhile/shared/contract/edits'
import type { Problem } from '@meanwhile/shared/contract/problem'
import type {
  changeVideo as changeVideoEndpoint,
  retryStage as retryStageEndpoint,
  StageName,
  Video,
} from '@meanwhile/shared/contract/videos'
import { call, problemIn, type Wire } from '../api.ts'
import type { Watched } from './watched.svelte.ts'

/** Shows what the API answers. Null when it worked, else the problem to show. */
const shown = async (watched: Watched, answer: Promise<Wire<typeof Video>>): Promise<Problem | null> => {
  try {
    watched.show(await answer)
    return null
  } catch (error) {
    return problemIn(error)
  }
}

/** What the author changes about how a video is watched. */
export const changeVideo = (watched: Watched, videoId: string, body: VideoEdit): Promise<Problem | null> =>
  shown(watched, call<typeof changeVideoEndpoint>('PATCH', '/api/videos/:videoId', { params: { videoId }, body }))

/** Does again what failed, or was never done. */
export const retryStage = (watched: Watched, videoId: string, stage: StageName): Promise<Problem | null> =>
  shown(
    watched,
    call<typeof retryStageEndpoint>('POST', '/api/videos/:videoId/stages/:stage/retry', { params: { videoId, stage } }),
  )

import * as z from 'zod'
import { StageName } from '../contract/videos.ts'

/** What a job carries: ids only. Everything else is in the database. */
export const StageJob = z.object({ videoId: z.uuid(), stage: StageName, requestId: z.string().nullable() })
export type StageJob = z.infer<typeof StageJob>

/** The queue of processing stages. */
export const stageQueueName = 'stages'

/** Which stages must be done before one may start. */
export const stageNeeds: Record<StageName, readonly StageName[]> = {
  probe: [],
  original: ['probe'],
  poster: ['original'],
  storyboard: ['original'],
  renditions: ['original'],
}

/** Lower runs first: the original of any video comes before anything else of any other. */
export const stagePriority: Record<StageName, number> = { probe: 1, original: 2, poster: 3, storyboard: 10, renditions: 20 }

/** A stage is tried this often before it counts as failed. */
export const maxAttempts = 3

/** How long an attempt owns its stage without a sign of life, in seconds. */
export const leaseSeconds = 30

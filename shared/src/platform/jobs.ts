import * as z from 'zod'
import type { Cuts } from '../contract/edits.ts'
import { StageName, type Track } from '../contract/videos.ts'

/** What a job carries: ids only. Everything else is in the database. */
export const StageJob = z.object({ videoId: z.uuid(), stage: StageName, requestId: z.string().nullable() })
export type StageJob = z.infer<typeof StageJob>

/** The queue of processing stages. */
export const stageQueueName = 'stages'

/** Which stages must be done before one may start; one that a video does not have is not waited for. */
export const stageNeeds: Record<StageName, readonly StageName[]> = {
  import: [],
  probe: [],
  original: ['probe'],
  camera: ['probe'],
  poster: ['original'],
  silence: ['original'],
  preview: ['original', 'camera'],
  storyboard: ['original'],
  download: ['original', 'camera'],
  renditions: ['original', 'camera'],
  transcript: ['original', 'silence'],
}

/** Lower runs first: the original of any video comes before anything else of any other. */
export const stagePriority: Record<StageName, number> = {
  probe: 1,
  original: 2,
  poster: 3,
  camera: 4,
  import: 5,
  silence: 8,
  preview: 9,
  storyboard: 10,
  download: 15,
  renditions: 20,
  transcript: 25,
}

/** What the stages of a finished video depend on: the tracks that have segments, and its cuts. */
export type Finished = { tracks: Track[]; cuts: Cuts }

/** The camera and the cuts are no part of the original: a file of what is watched has to be made. */
export const isEdited = ({ tracks, cuts }: Finished): boolean => tracks.includes('camera') || cuts.length > 0

/**
 * The stages of a finished video. One that is imported has only `import` until its segments are there; `transcript` is added by the stage
 * `silence` of a worker that has a provider, where something is heard.
 */
export const stagesFor = (video: Finished): StageName[] => [
  'probe',
  'original',
  ...(video.tracks.includes('camera') ? (['camera'] as const) : []),
  'poster',
  'silence',
  'preview',
  'storyboard',
  ...(isEdited(video) ? (['download'] as const) : []),
  'renditions',
]

/** The stages that show a recording as it is watched: other cuts, or another place of the camera, and they start again. */
export const stagesOfEdits = {
  cuts: ['poster', 'preview', 'storyboard', 'download', 'renditions'],
  layout: ['preview', 'download', 'renditions'],
} as const satisfies Record<string, readonly StageName[]>

/** The stages that somebody else's service does: what becomes of them says nothing about the video. */
export const isApart = (name: StageName): boolean => name === 'transcript'

/** A stage is tried this often before it counts as failed. */
export const maxAttempts = 3

/** How long an attempt owns its stage without a sign of life, in seconds. */
export const leaseSeconds = 30

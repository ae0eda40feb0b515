import type { ProblemName } from './recording-problem.ts'
import type { Segment } from './segment.ts'

/** From the page to the encoder's worker. */
export type Order =
  | { type: 'open'; video: ReadableStream<VideoFrame>; audio: ReadableStream<AudioData> | null }
  | { type: 'start' | 'pause' | 'resume' | 'stop' | 'cancel' }

/** From the encoder's worker to the page. */
export type Report =
  | { type: 'started' }
  | { type: 'segment'; segment: Segment }
  | { type: 'stalled'; stalled: boolean }
  | { type: 'stopped' }
  | { type: 'failed'; problem: ProblemName; reason: string }

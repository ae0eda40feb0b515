import type { ProblemName } from './recording-problem.ts'
import type { Segment } from './segment.ts'

/** From the page to the encoder's worker. */
export type Order =
  | { type: 'open'; video: ReadableStream<VideoFrame>; audio: ReadableStream<AudioData> | null }
  /** `at` is the moment that the person meant, in ms since 1970: messages may wait. */
  | { type: 'start' | 'pause' | 'resume' | 'stop'; at: number }

/** From the encoder's worker to the page. */
export type Report =
  /** `recordedMs` is what has been recorded by now. */
  | { type: 'started'; recordedMs: number }
  | { type: 'segment'; segment: Segment }
  | { type: 'stalled'; stalled: boolean }
  | { type: 'stopped' }
  | { type: 'failed'; problem: ProblemName; reason: string }

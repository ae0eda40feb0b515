import type { ProblemName } from '../recording-problem.ts'
import type { Content, Quality, Segment } from '../segment.ts'
import type { Stroke } from './encoder.ts'

/** What is recorded, as it arrives. */
export type EncoderStreams = {
  picture: ReadableStream<VideoFrame> | null
  camera: ReadableStream<VideoFrame> | null
  sound: ReadableStream<AudioData> | null
}

/** From the page to the encoder. */
export type Order =
  | (EncoderStreams & { type: 'open'; quality: Quality; content: Content })
  /** `at` is the moment that the person meant, in ms since 1970: messages may wait. */
  | { type: 'start' | 'pause' | 'resume' | 'stop'; at: number }
  /** Ends everything at once. */
  | { type: 'close' }
  | Change

/** What may change while it records. */
export type Change =
  | { type: 'private'; on: boolean }
  | { type: 'replace'; picture: ReadableStream<VideoFrame> }
  | { type: 'draw'; strokes: Stroke[] }

/** From the encoder to the page. */
export type Report =
  /** `at` is the moment at which the recording began, in ms since 1970: messages may wait. */
  | { type: 'started'; at: number }
  | { type: 'segment'; segment: Segment }
  | { type: 'stalled'; stalled: boolean }
  /** A part was given up; the recording goes on without it. */
  | { type: 'trouble'; problem: ProblemName }
  | { type: 'stopped' }
  | { type: 'failed'; problem: ProblemName; reason: string }

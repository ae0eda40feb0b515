import type { Segment } from '../../recorder/segment.ts'

/** From the page to the cutter's worker: the next segment is only made when it is asked for. */
export type CutOrder = { type: 'open'; file: File } | { type: 'next' }

/** From the cutter's worker to the page. */
export type CutReport =
  | { type: 'opened'; durationMs: number }
  /** The server has to do it. */
  | { type: 'uncuttable' }
  | { type: 'segment'; segment: Segment }
  | { type: 'ended' }
  | { type: 'failed'; reason: string }

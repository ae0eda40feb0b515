import type { Drawing } from '@meanwhile/shared/contract/drawing'

type Drawn = { drawing: Drawing | null; atMs: number | null; endMs: number | null; deleted: boolean }

/** A frame or two: who goes to a moment may land just before it. */
const beforeMs = 100
/** A moment has no length, but what is drawn on it must be seen. */
const shownMs = 1_500

/** What was drawn on the moment, in ms of the recording, or on a range around it. */
export const drawnAt = <C extends Drawn>(comments: readonly C[], recordedMs: number): (C & { drawing: Drawing })[] =>
  comments.filter(
    (comment): comment is C & { drawing: Drawing } =>
      comment.drawing !== null &&
      !comment.deleted &&
      comment.atMs !== null &&
      recordedMs >= comment.atMs - beforeMs &&
      recordedMs < Math.max(comment.atMs + shownMs, comment.endMs ?? 0),
  )

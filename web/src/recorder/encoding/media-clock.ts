/** Media time: milliseconds from the start of the recording, standing still while it is paused. */
export function mediaClock() {
  let startedAt: number | null = null
  let pausedAt: number | null = null
  return {
    get running() {
      return startedAt !== null && pausedAt === null
    },
    start(at: number) {
      startedAt = at
    },
    pause(at: number) {
      if (startedAt !== null) pausedAt ??= at
    },
    resume(at: number) {
      if (startedAt === null || pausedAt === null) return
      startedAt += at - pausedAt
      pausedAt = null
    },
    /** The media time of a moment; may be negative for what was captured before the start. */
    at: (moment: number): number => (startedAt === null ? 0 : (pausedAt ?? moment) - startedAt),
  }
}

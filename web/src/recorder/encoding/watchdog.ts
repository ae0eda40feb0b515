/**
 * Notices that something which should come regularly does not: first `nudge`, once, then `stalled` until it comes again.
 */
export function watchdog(limitMs: number) {
  let fedAt: number | null = null
  let nudged = false
  return {
    feed(nowMs: number) {
      fedAt = nowMs
      nudged = false
    },
    check(nowMs: number): 'fine' | 'nudge' | 'stalled' {
      fedAt ??= nowMs
      const hungryMs = nowMs - fedAt
      if (hungryMs >= 2 * limitMs) return 'stalled'
      if (hungryMs < limitMs || nudged) return 'fine'
      nudged = true
      return 'nudge'
    },
  }
}

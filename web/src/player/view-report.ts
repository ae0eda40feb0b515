import type { Range } from '@meanwhile/shared/media/cuts'
import { collectSeen } from './collect-seen.ts'
import type { Playback } from './playback.ts'
import { withoutCuts } from './seen.ts'
import { watchedTime } from './watched-time.ts'

/**
 * In recorded time, so that it stays true when the cuts change: what `PUT /api/updates/:updateId/view` takes. Without the speed: that is saved when it is chosen, and a player that was
 * left open elsewhere must not bring an old one back. `watchedMs` is time on the wall, at whatever speed.
 */
export type ViewReport = { ranges: Range[]; positionMs: number; watchedMs?: number }

const everyMs = 10_000

/**
 * Tells what this viewer has seen: about every 10 s while it plays, when it pauses, and when the page goes away
 * (`last`: the request must outlive the page). Returns what ends it, with a last report.
 */
export function reportViews(playback: Playback, send: (report: ViewReport, last: boolean) => Promise<unknown>): () => void {
  const { media } = playback
  const stop = new AbortController()
  const { signal } = stop
  const seen = collectSeen(playback, signal)
  const watched = watchedTime(media, signal)
  let reportedAt = Date.now()
  let reportedMs = -1

  const report = (last: boolean) => {
    reportedAt = Date.now()
    const ranges = withoutCuts(seen.take(), playback.clock.cuts).slice(-200)
    const positionMs = playback.recordedMs
    if (ranges.length === 0 && positionMs === reportedMs) return
    reportedMs = positionMs
    // Where nothing new was seen, nobody watched.
    const watchedMs = ranges.length > 0 ? watched.take() : 0
    send({ ranges, positionMs, ...(watchedMs > 0 && { watchedMs }) }, last).catch(() => {
      seen.restore(ranges)
      watched.restore(watchedMs)
    })
  }
  const whilePlaying = () => !media.paused && Date.now() - reportedAt >= everyMs && report(false)
  media.addEventListener('timeupdate', whilePlaying, { signal })
  media.addEventListener('pause', () => media.readyState > 0 && report(false), { signal })
  addEventListener('pagehide', () => leave(), { signal })
  const leave = () => {
    if (!media.paused) seen.here()
    if (media.played.length > 0) report(true)
  }
  return () => {
    leave()
    stop.abort()
  }
}

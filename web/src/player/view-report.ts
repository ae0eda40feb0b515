import type { Range } from '@meanwhile/shared/media/cuts'
import type { Playback } from './playback.ts'
import { seenRanges, withoutCuts } from './seen.ts'

/**
 * In recorded time, so that it stays true when the cuts change: what `PUT /api/updates/:updateId/view` takes. Without the speed: that is saved when it is chosen, and a player that was
 * left open elsewhere must not bring an old one back.
 */
export type ViewReport = { ranges: Range[]; positionMs: number }

const everyMs = 10_000

/**
 * Tells what this viewer has seen: about every 10 s while it plays, when it pauses, and when the page goes away
 * (`last`: the request must outlive the page). Returns what ends it, with a last report.
 */
export function reportViews(playback: Playback, send: (report: ViewReport, last: boolean) => Promise<unknown>): () => void {
  const { media } = playback
  const seen = seenRanges()
  const stop = new AbortController()
  const { signal } = stop
  let reportedAt = Date.now()
  let reportedMs = -1

  const now = () => playback.recordedMs
  const here = () => {
    if (!media.seeking && media.readyState > 0) seen.at(now())
  }
  const report = (last: boolean) => {
    reportedAt = Date.now()
    const ranges = withoutCuts(seen.take(), playback.clock.cuts).slice(-200)
    const positionMs = now()
    if (ranges.length === 0 && positionMs === reportedMs) return
    reportedMs = positionMs
    send({ ranges, positionMs }, last).catch(() => seen.restore(ranges))
  }
  const listen = (names: string[], then: () => void) => {
    for (const name of names) media.addEventListener(name, then, { signal })
  }

  listen(['play', 'playing', 'seeked'], here)
  listen(['seeking', 'emptied'], () => seen.cut())
  listen(['timeupdate'], () => {
    if (media.paused) return
    here()
    if (Date.now() - reportedAt >= everyMs) report(false)
  })
  listen(['pause'], () => {
    here()
    if (media.readyState > 0) report(false)
  })
  here()
  addEventListener('pagehide', () => leave(), { signal })
  const leave = () => {
    if (!media.paused) here()
    if (media.played.length > 0) report(true)
  }
  return () => {
    leave()
    stop.abort()
  }
}

import type { Playback } from './playback.ts'
import { seenRanges } from './seen.ts'

/** Collects what is really played, in recorded ms, until the signal ends it. `here` is to be called before it is taken. */
export function collectSeen(playback: Playback, signal: AbortSignal) {
  const { media } = playback
  const seen = seenRanges()
  const here = () => {
    if (!media.seeking && media.readyState > 0) seen.at(playback.recordedMs)
  }
  const listen = (names: string[], then: () => void) => {
    for (const name of names) media.addEventListener(name, then, { signal })
  }
  listen(['play', 'playing', 'seeked', 'pause'], here)
  // Ours, before a jump over what is left out: the element's own event comes when it is elsewhere already.
  listen(['jump'], () => !media.paused && here())
  listen(['emptied'], () => seen.cut())
  // It plays from where it seeks to, and says that it is there when it may have played on for a while.
  listen(['seeking'], () => {
    seen.cut()
    if (media.readyState > 0) seen.at(playback.recordedMs)
  })
  listen(['timeupdate'], () => !media.paused && here())
  here()
  return { ...seen, here }
}

import type { Range } from '@meanwhile/shared/media/cuts'
import { mediaOfWatch, watchOfMedia } from '../clock.ts'
import type { Playback } from '../playback.ts'

/** The element reports its time four times a second; what is nearer than this is timed. In ms of watching. */
const soonMs = 1000
/** What is left of a range may be played. */
const restMs = 200
/** A jump to what is not here yet would wait for the network; so much of it is rather played fast. */
const playedMs = 5000
const hurry = 2.5
/** Faster than this browsers are silent or refuse. */
const fastest = 4

/** Whether a moment of the element's time has been loaded. */
export function isLoaded({ buffered }: { buffered: TimeRanges }, seconds: number): boolean {
  for (let index = 0; index < buffered.length; index++)
    if (buffered.start(index) <= seconds && seconds < buffered.end(index)) return true
  return false
}

/**
 * While it plays, leaves out what `ranges` names, in ms of watching: late rather than early, as nothing outside of them may be missed,
 * and never while it is paused, when somebody wants to look at just that. `saved` is told how much time each jump spared, in ms of the
 * viewer's. `check` is called when the ranges have changed, `stop` ends it.
 */
export function jumpOver(playback: Playback, ranges: () => readonly Range[], saved: (ms: number) => void) {
  const { media } = playback
  const stop = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  /** When the present range began to be played fast. */
  let hurriedFrom: number | null = null

  function leave(ms: number) {
    if (hurriedFrom === null) return
    const { playbackRate, defaultPlaybackRate } = media
    const spared = Math.max(0, ms - hurriedFrom) * (1 / defaultPlaybackRate - 1 / playbackRate)
    hurriedFrom = null
    media.playbackRate = defaultPlaybackRate
    // Where somebody went on to is not what was played.
    if (!media.seeking) saved(spared)
  }
  function check() {
    clearTimeout(timer)
    const ms = watchOfMedia(playback.clock, media.currentTime * 1000)
    if (media.paused || media.seeking) return leave(ms)
    const all = ranges()
    const inside = all.find(([from, to]) => ms >= from && ms < to - restMs)
    if (inside) return pass(ms, inside[1])
    leave(ms)
    const next = all.find(([from]) => from > ms)
    if (next && next[0] - ms < soonMs) timer = setTimeout(check, Math.max(10, (next[0] - ms) / media.playbackRate))
  }
  function pass(ms: number, toMs: number) {
    const target = mediaOfWatch(playback.clock, toMs) / 1000
    if (isLoaded(media, target) || toMs - ms > playedMs) {
      leave(ms)
      media.dispatchEvent(new Event('jump'))
      media.currentTime = target
      return saved((toMs - ms) / media.playbackRate)
    }
    const rate = Math.max(media.defaultPlaybackRate, Math.min(fastest, media.defaultPlaybackRate * hurry))
    hurriedFrom ??= ms
    if (media.playbackRate !== rate) media.playbackRate = rate
    timer = setTimeout(check, Math.min(250, Math.max(10, (toMs - ms) / rate)))
  }

  for (const name of ['timeupdate', 'play', 'pause', 'seeking', 'seeked', 'ratechange', 'clockchange', 'loadedmetadata'])
    media.addEventListener(name, check, { signal: stop.signal })
  check()
  return {
    check,
    stop() {
      stop.abort()
      clearTimeout(timer)
      leave(watchOfMedia(playback.clock, media.currentTime * 1000))
    },
  }
}

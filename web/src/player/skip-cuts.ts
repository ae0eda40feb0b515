import { openEnd } from './clock.ts'
import type { Playback } from './playback.ts'

/** Timers and seeks are late rather than early: what is cut must not flash up. In ms of media. */
const earlyMs = 30
/** The element reports its time four times a second; what is nearer than this is timed. */
const soonMs = 1000
const restartMs = 40

/**
 * Jumps over what is cut, wherever playback or a seek runs into it, also one of the browser's own controls; a cut at
 * the end stops it there as the end would, or begins again where it loops. Does nothing while an edited file plays. Returns what ends it.
 */
export function skipCuts(playback: Playback): () => void {
  const { media } = playback
  const stop = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined

  function end(fromMs: number) {
    const wasPlaying = !media.paused
    if (wasPlaying && media.loop) return playback.seek(0)
    media.pause()
    if (media.currentTime * 1000 >= fromMs) media.currentTime = (fromMs - 1) / 1000
    if (wasPlaying) media.dispatchEvent(new Event('ended'))
  }
  function check() {
    clearTimeout(timer)
    const { cuts, edited } = playback.clock
    if (edited || cuts.length === 0) return
    const ms = media.currentTime * 1000
    const early = media.paused || media.seeking ? 0 : earlyMs
    const inside = cuts.find(([from, to]) => ms >= from - early && ms < to - 1)
    if (inside && Number.isFinite(inside[1])) {
      media.dispatchEvent(new Event('jump'))
      media.currentTime = inside[1] / 1000
    } else if (inside) end(inside[0])
    else if (!media.paused) {
      const next = cuts.find(([from]) => from > ms)
      if (next && next[0] - ms < soonMs) timer = setTimeout(check, (next[0] - earlyMs - ms) / media.playbackRate)
    }
  }
  /** As an element does that has ended: playing it again begins at the beginning. */
  function begin() {
    if (media.currentTime * 1000 >= openEnd(playback.clock) - restartMs) playback.seek(0)
    check()
  }

  for (const name of ['timeupdate', 'seeking', 'seeked', 'ratechange', 'loadedmetadata', 'clockchange'])
    media.addEventListener(name, check, { signal: stop.signal })
  media.addEventListener('play', begin, { signal: stop.signal })
  check()
  return () => {
    clearTimeout(timer)
    stop.abort()
  }
}

/** What of a media element tells whether it plays. */
type Playing = EventTarget & Pick<HTMLMediaElement, 'paused' | 'ended' | 'readyState'>

/** `HTMLMediaElement.HAVE_FUTURE_DATA`: it plays on. */
const playsOn = 3

/**
 * Measures how long something really plays, by a clock that never jumps: neither while it is paused, nor while it waits for the network.
 * What is jumped over takes no time. `take` empties it.
 */
export function watchedTime(media: Playing, signal: AbortSignal, now: () => number = () => performance.now()) {
  let since: number | null = null
  let watchedMs = 0
  const stop = () => {
    if (since !== null) watchedMs += now() - since
    since = null
  }
  const start = () => {
    since ??= now()
  }
  for (const name of ['pause', 'waiting', 'ended', 'emptied']) media.addEventListener(name, stop, { signal })
  media.addEventListener('playing', start, { signal })
  if (!media.paused && !media.ended && media.readyState >= playsOn) start()
  return {
    /** Whole milliseconds since the last time; what is left of one counts later. */
    take(): number {
      if (since !== null) {
        stop()
        start()
      }
      const taken = Math.floor(watchedMs)
      watchedMs -= taken
      return taken
    },
    /** Puts back what could not be reported. */
    restore(takenMs: number) {
      watchedMs += takenMs
    },
  }
}

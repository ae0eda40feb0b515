import type { Playback } from '../player/playback.ts'
import { remembered } from '../player/preferences.ts'

/**
 * Pauses while somebody writes a comment, unless they chose otherwise, and puts everything back afterwards: the focus where it was, and playback on
 * if it was on. `begin` answers the moment that the comment is about, in ms of the recording; null
 * without a video.
 */
export function pauseToWrite(playing: () => Playback | undefined) {
  let resume = false
  let focused: HTMLElement | null = null
  return {
    /** `still`: on a picture that moves nothing can be drawn. */
    begin({ still = false } = {}): number | null {
      const playback = playing()
      if (!playback) return null
      const ms = playback.recordedMs
      if (!still && remembered('pause-to-write') === 'off') return ms
      resume ||= !playback.media.paused
      playback.pause()
      return ms
    },
    /** Remembers who had the focus, to be called before it moves. */
    leaveFrom(element: Element | null) {
      focused = element instanceof HTMLElement && element !== document.body ? element : null
    },
    end(field: HTMLElement) {
      if (focused?.isConnected) focused.focus({ preventScroll: true })
      else field.blur()
      if (resume) void playing()?.play()
      resume = false
      focused = null
    },
  }
}

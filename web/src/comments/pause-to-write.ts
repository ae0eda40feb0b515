import type { Playback } from '../player/playback.ts'
import { remembered } from '../player/preferences.ts'
import { playingHere } from './playing-here.ts'

type Sounding = Pick<HTMLMediaElement, 'pause' | 'play' | 'isConnected'>

/**
 * Pauses what plays while somebody writes a comment, unless they chose otherwise, and puts everything back afterwards: the focus where
 * it was, and playback on if it was on and nothing else plays by then. `begin` answers the moment that the comment is about, in ms of
 * the recording; null without a video.
 */
export function pauseToWrite(update: () => Pick<Playback, 'recordedMs'> | undefined, playing: () => Sounding[] = playingHere) {
  let paused: Sounding[] = []
  let focused: HTMLElement | null = null
  return {
    /** `still`: on a picture that moves nothing can be drawn. */
    begin({ still = false } = {}): number | null {
      const ms = update()?.recordedMs ?? null
      if (!still && remembered('pause-to-write') === 'off') return ms
      const sounding = playing()
      for (const media of sounding) media.pause()
      if (sounding.length > 0) paused = sounding
      return ms
    },
    /** Remembers who had the focus, to be called before it moves. */
    leaveFrom(element: Element | null) {
      focused = element instanceof HTMLElement && element !== document.body ? element : null
    },
    end(field: HTMLElement | undefined) {
      if (focused?.isConnected) focused.focus({ preventScroll: true })
      else field?.blur()
      if (playing().length === 0) for (const media of paused) if (media.isConnected) media.play().catch(() => {})
      paused = []
      focused = null
    },
  }
}

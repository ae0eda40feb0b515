import type { CaptionsWithCues } from '@meanwhile/shared/contract/captions'
import type { Wire } from '../../api.ts'
import { mediaOfWatch, watchOfRecorded } from '../clock.ts'
import type { Playback } from '../playback.ts'

const leaving = ['enterpictureinpicture', 'leavepictureinpicture', 'webkitbeginfullscreen', 'webkitendfullscreen']

type AppleVideo = HTMLVideoElement & { webkitDisplayingFullscreen?: boolean }

/** The browser shows the bare video, without the page around it: in its small window, or on the whole screen of an iPhone. */
const isOutside = (media: AppleVideo) => document.pictureInPictureElement === media || media.webkitDisplayingFullscreen === true

/** An element keeps its text tracks for good, so there is one for each language. */
function trackOf(media: HTMLVideoElement, { label, language }: Wire<typeof CaptionsWithCues>): TextTrack {
  const made = [...media.textTracks].find((track) => track.label === label && track.language === language)
  return made ?? media.addTextTrack('captions', label, language)
}

/**
 * Hands captions to the browser, as a text track of the element, while it shows the video outside of the page.
 * @returns what takes them back
 */
export function captionsOutside(playback: Playback, captions: Wire<typeof CaptionsWithCues>): () => void {
  const { media } = playback
  const track = trackOf(media, captions)
  const stop = new AbortController()

  function fill() {
    for (const cue of [...(track.cues ?? [])]) track.removeCue(cue)
    const { clock } = playback
    const at = (recordedMs: number) => mediaOfWatch(clock, watchOfRecorded(clock, recordedMs)) / 1000
    for (const { startMs, endMs, text } of captions.cues) {
      const [from, to] = [at(startMs), at(endMs)]
      // What is cut away has no length.
      if (from < to) track.addCue(new VTTCue(from, to, text.replace(/&/g, '&amp;').replace(/</g, '&lt;')))
    }
  }
  function follow() {
    track.mode = isOutside(media) ? 'showing' : 'hidden'
    if (track.mode === 'showing') fill()
  }
  for (const name of [...leaving, 'clockchange']) media.addEventListener(name, follow, { signal: stop.signal })
  follow()
  return () => {
    stop.abort()
    track.mode = 'disabled'
  }
}

import type { Playback } from './playback.ts'
import { remember, remembered } from './preferences.ts'

/** As loud as this viewer wanted it last. */
export function restoreVolume(playback: Playback): void {
  const volume = remembered('volume')
  if (volume !== null) playback.setVolume(Number(volume) / 100)
  if (remembered('muted') === 'on') playback.setMuted(true)
}

/** Remembers how loud this viewer wants it, by whatever means they say so. */
export function keepVolume(media: HTMLMediaElement, signal: AbortSignal): void {
  const keep = () => {
    // A page that has this player in it may change it, too; only what a person does here is their wish.
    if (navigator.userActivation?.isActive === false) return
    remember('volume', String(Math.round(media.volume * 100)))
    remember('muted', media.muted ? 'on' : 'off')
  }
  media.addEventListener('volumechange', keep, { signal })
}

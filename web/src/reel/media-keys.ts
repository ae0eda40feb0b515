import type { Playback } from '../player/playback.ts'

type Shown = { title: string; artist: string; album: string; artwork: string | null }
type Acts = { next: () => void; previous: () => void }

const stepMs = 10_000

/** What the screen of a locked phone, a headset and the keys of a keyboard show and do while a reel is heard. */
export function showMediaKeys(playback: Playback, { artwork, ...shown }: Shown, { next, previous }: Acts): void {
  const session = navigator.mediaSession
  if (!session) return
  session.metadata = new MediaMetadata({ ...shown, artwork: artwork ? [{ src: artwork, type: 'image/jpeg' }] : [] })
  const acts: Partial<Record<MediaSessionAction, MediaSessionActionHandler>> = {
    play: () => void playback.play(),
    pause: () => playback.pause(),
    nexttrack: next,
    previoustrack: previous,
    seekbackward: () => playback.seek(playback.ms - stepMs),
    seekforward: () => playback.seek(playback.ms + stepMs),
    seekto: ({ seekTime }) => seekTime !== undefined && playback.seek(seekTime * 1000),
  }
  for (const [action, act] of Object.entries(acts)) set(session, action as MediaSessionAction, act)
}

/** Where it is; browsers refuse a place behind the end. */
export function tellPosition({ media }: Playback): void {
  const { duration, currentTime: position, playbackRate } = media
  if (!Number.isFinite(duration) || duration <= 0 || position > duration) return
  navigator.mediaSession?.setPositionState?.({ duration, position, playbackRate })
}

export function clearMediaKeys(): void {
  const session = navigator.mediaSession
  if (!session) return
  session.metadata = null
  for (const action of ['play', 'pause', 'nexttrack', 'previoustrack', 'seekbackward', 'seekforward', 'seekto'] as const)
    set(session, action, null)
}

/** Not every browser knows every action. */
function set(session: MediaSession, action: MediaSessionAction, act: MediaSessionActionHandler | null) {
  try {
    session.setActionHandler(action, act)
  } catch {
    // It has no such key.
  }
}

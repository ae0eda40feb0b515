type Actions = { resume(): void; pause(): void; stop(): void; toggleMute(): void; leave(): void }

/** `togglemicrophone` and `enterpictureinpicture` are known to some browsers only. */
const handlers = ({ resume, pause, stop, toggleMute, leave }: Actions): [string, () => void][] => [
  ['play', resume],
  ['pause', pause],
  ['stop', stop],
  ['hangup', stop],
  ['togglemicrophone', toggleMute],
  ['enterpictureinpicture', leave],
]

/** Media keys, headsets and the browser's own controls steer the recording, where the browser passes them on, until the returned function is called. */
export function steerByMediaSession(actions: Actions): () => void {
  const { mediaSession } = navigator
  if (!mediaSession) return () => {}
  mediaSession.metadata = new MediaMetadata({ title: 'Recording', artist: 'Meanwhile' })
  const set = (action: string, handler: (() => void) | null) => {
    try {
      mediaSession.setActionHandler(action as MediaSessionAction, handler)
    } catch {
      // This browser does not know the action.
    }
  }
  for (const [action, handler] of handlers(actions)) set(action, handler)
  return () => {
    for (const [action] of handlers(actions)) set(action, null)
    mediaSession.metadata = null
    mediaSession.playbackState = 'none'
  }
}

export function tellMediaSession({ paused, muted }: { paused: boolean; muted: boolean }): void {
  const session = navigator.mediaSession as (MediaSession & { setMicrophoneActive?(active: boolean): void }) | undefined
  if (!session) return
  session.playbackState = paused ? 'paused' : 'playing'
  session.setMicrophoneActive?.(!muted)
}

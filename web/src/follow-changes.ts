import { type LiveMessage, onLive } from './live.svelte.ts'

const settleMs = 400

/** Calls `refresh` soon after something happened that concerns it, until the returned function is called; a burst of changes is one call. */
export function followChanges(concerns: (type: LiveMessage['type']) => boolean, refresh: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = onLive(({ type }) => {
    if (!concerns(type)) return
    timer ??= setTimeout(() => {
      timer = undefined
      refresh()
    }, settleMs)
  })
  return () => {
    stop()
    clearTimeout(timer)
  }
}

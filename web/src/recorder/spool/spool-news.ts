const name = 'meanwhile-spools'

/** Tells all tabs, this one too, that a spool has come or is free. */
export function tellSpoolNews(): void {
  if (typeof BroadcastChannel !== 'function') return
  const channel = new BroadcastChannel(name)
  channel.postMessage(null)
  channel.close()
}

/** Calls back when a spool has come or is free, in whatever tab. Returns what ends it. */
export function onSpoolNews(listener: () => void): () => void {
  if (typeof BroadcastChannel !== 'function') return () => {}
  const channel = new BroadcastChannel(name)
  channel.addEventListener('message', listener)
  return () => channel.close()
}

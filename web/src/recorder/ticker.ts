/** Calls back regularly even in a hidden tab: timers of a worker are not slowed down there. Returns what ends it. */
export function ticker(everyMs: number, tick: () => void): () => void {
  const worker = new Worker(new URL('./ticker.worker.ts', import.meta.url), { type: 'module' })
  worker.addEventListener('message', tick)
  worker.postMessage(everyMs)
  return () => worker.terminate()
}

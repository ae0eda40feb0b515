import encoderWorkerUrl from './encoder.worker.ts?worker&url'
import { spoolStore } from './spool-store.ts'

let warm: Promise<unknown> | undefined

/** Fetches what a recording loads only when it starts, so that it can start without a network too. */
export function warmUp(): void {
  // What fails here is loaded when it is needed, and reported there.
  warm ??= Promise.allSettled([spoolStore(), import('./worker-encoder.ts'), fetch(encoderWorkerUrl)])
}

import encoderWorkerUrl from './encoding/encoder.worker.ts?worker&url'
import { spoolStore } from './spool/spool-store.ts'

let warm = false

/** Fetches what a recording loads only when it starts or ends, so that it can do so without a network too. */
export function warmUp(): void {
  if (warm) return
  warm = true
  // What fails here is loaded when it is needed, and reported there.
  const questions = [
    import('./studio/EndDialog.svelte'),
    import('./studio/RecorderKeys.svelte'),
    import('../LeaveDialog.svelte'),
    import('../channels/PostTo.svelte'),
    import('../channels/OtherPlace.svelte'),
  ]
  void Promise.allSettled([spoolStore(), import('./encoding/worker-encoder.ts'), fetch(encoderWorkerUrl), ...questions])
}

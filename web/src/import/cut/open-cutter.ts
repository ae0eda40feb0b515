import type { Segment } from '../../recorder/segment.ts'
import type { CutOrder, CutReport } from './cut-messages.ts'

/** A file that is cut here, a segment at a time. */
export type Cutter = {
  durationMs: number
  /** Null at the end. Throws CutError when the file turns out to be one that cannot be cut here. */
  next(): Promise<Segment | null>
  close(): void
}

/** The file cannot be cut here after all; the server may still be able to read it. */
export class CutError extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'CutError'
  }
}

/** Looks into a file; null when it cannot be cut here. `signal` ends that, and everything after. */
export async function openCutter(file: File, signal: AbortSignal): Promise<Cutter | null> {
  const worker = new Worker(new URL('./cut.worker.ts', import.meta.url), { type: 'module' })
  const close = () => worker.terminate()
  signal.addEventListener('abort', close)

  const ask = (order: CutOrder) =>
    new Promise<CutReport>((resolve, reject) => {
      const abort = () => reject(signal.reason)
      if (signal.aborted) return abort()
      signal.addEventListener('abort', abort, { once: true })
      const answer = (report: CutReport) => {
        signal.removeEventListener('abort', abort)
        resolve(report)
      }
      worker.onmessage = ({ data }: MessageEvent<CutReport>) => answer(data)
      worker.onerror = (event) => answer({ type: 'failed', reason: event.message })
      worker.postMessage(order)
    })

  const opened = await ask({ type: 'open', file })
  if (opened.type !== 'opened') {
    close()
    return null
  }
  return {
    durationMs: opened.durationMs,
    close,
    async next() {
      const report = await ask({ type: 'next' })
      if (report.type === 'segment') return report.segment
      if (report.type === 'ended') return null
      throw new CutError(report.type === 'failed' ? report.reason : report.type)
    },
  }
}

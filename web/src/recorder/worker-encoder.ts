import { channel, deferred } from './channel.ts'
import type { EncoderOptions, EncoderStreams, Encoding } from './encoder.ts'
import type { Order, Report } from './encoder-messages.ts'
import { RecordingError } from './recording-problem.ts'
import type { Segment } from './segment.ts'

/** The encoder in its worker, as seen from the page. */
export function encodeInWorker({ video, audio }: EncoderStreams, { onStalled }: EncoderOptions): Encoding {
  const worker = new Worker(new URL('./encoder.worker.ts', import.meta.url), { type: 'module' })
  const segments = channel<Segment>()
  const started = deferred<number>()
  const stopped = deferred()
  started.promise.catch(() => undefined)

  function fail(error: RecordingError) {
    worker.terminate()
    segments.end(error)
    started.reject(error)
    stopped.resolve()
  }
  worker.addEventListener('error', (event) => fail(new RecordingError('encoder-failed', { cause: event.message })))
  worker.addEventListener('message', ({ data: report }: MessageEvent<Report>) => {
    if (report.type === 'segment') segments.push(report.segment)
    else if (report.type === 'stalled') onStalled(report.stalled)
    else if (report.type === 'started') started.resolve(report.recordedMs)
    else if (report.type === 'failed') fail(new RecordingError(report.problem, { cause: report.reason }))
    else {
      worker.terminate()
      segments.end()
      stopped.resolve()
    }
  })

  const order = (message: Order, transfer: Transferable[] = []) => worker.postMessage(message, transfer)
  const now = () => performance.timeOrigin + performance.now()
  order({ type: 'open', video, audio }, audio ? [video, audio] : [video])
  return {
    segments: segments.items,
    start() {
      order({ type: 'start', at: now() })
      return started.promise
    },
    pause: () => order({ type: 'pause', at: now() }),
    resume: () => order({ type: 'resume', at: now() }),
    stop() {
      order({ type: 'stop', at: now() })
      return stopped.promise
    },
    cancel() {
      worker.terminate()
      segments.end()
      stopped.resolve()
    },
    setPrivate() {},
    replacePicture() {},
    draw() {},
  }
}

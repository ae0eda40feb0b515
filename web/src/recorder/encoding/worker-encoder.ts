import type { EncoderOptions, EncoderTracks, Encoding } from './encoder.ts'
import type { Order, Report } from './encoder-messages.ts'
import { orderedEncoding } from './ordered-encoding.ts'

/** The encoder in its worker. `read` makes a stream of a track, to be given away. */
export function encodeInWorker(
  tracks: EncoderTracks,
  read: <T>(track: MediaStreamTrack) => ReadableStream<T>,
  options: EncoderOptions,
): Encoding {
  const worker = new Worker(new URL('./encoder.worker.ts', import.meta.url), { type: 'module' })
  const { report, fail, open } = orderedEncoding(tracks, options)
  worker.addEventListener('error', (event) => fail(event.message))
  worker.addEventListener('message', ({ data }: MessageEvent<Report>) => report(data))
  return open({
    frames: read,
    sound: read,
    send: (order) => worker.postMessage(order, streamsIn(order)),
    close: () => worker.terminate(),
  })
}

const streamsIn = (order: Order): Transferable[] =>
  Object.values(order).filter((value): value is ReadableStream => value instanceof ReadableStream)

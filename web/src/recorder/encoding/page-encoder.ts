import { ticker } from '../ticker.ts'
import type { EncoderOptions, EncoderTracks, Encoding } from './encoder.ts'
import { orderedEncoding } from './ordered-encoding.ts'
import { framesOf, soundOf } from './page-tracks.ts'
import { takeOrders } from './take-orders.ts'

/** The encoder in the page, for browsers whose tracks cannot be read in a worker. */
export function encodeInPage(tracks: EncoderTracks, options: EncoderOptions): Encoding {
  const { report, open } = orderedEncoding(tracks, options)
  let closed = false
  const send = takeOrders((told) => {
    if (!closed) report(told)
  }, ticker)
  return open({
    frames: framesOf,
    sound: soundOf,
    send,
    close() {
      closed = true
      send({ type: 'close' })
    },
  })
}

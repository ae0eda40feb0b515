import { within } from '../channel.ts'
import { RecordingError } from '../recording-problem.ts'
import type { Content, Size } from '../segment.ts'
import { videoConfig } from './video-config.ts'
import { type CodedPicture, type OpenVideoEncoder, openVideoEncoder } from './video-encoder.ts'

type Wanted = Size & { bitrate: number; content: Content }
type Options = Wanted & {
  onPicture(coded: CodedPicture): void
  /** What was shown since `fromMs` has not come out and never will: it must be given again. */
  redo(fromMs: number): void
  /** Called once, when every new encoder fails too. */
  onGivenUp(error: unknown): void
}

/** In a row; after a while without failures it counts anew. */
const mostFailures = 5
const goodPictures = 150
const pauseMs = 100
/** An encoder that takes pictures in and gives none out for so long has hung. */
const hungMs = 5000
const openLimitMs = 3000
const prepareLimitMs = 10_000

/**
 * Encodes a picture through whatever happens to its encoder: when one fails or hangs, another one goes on from the last picture that came out,
 * with a key frame. Throws RecordingError when nothing here can encode.
 */
export async function openLastingEncoder({ onPicture, redo, onGivenUp, ...first }: Options) {
  let wanted: Wanted = first
  let encoder: OpenVideoEncoder | null = null
  let opening = Promise.resolve()
  let needsKey = true
  let endMs = 0
  let failures = 0
  let good = 0
  let over = false

  async function open() {
    const config = await within(openLimitMs, videoConfig(wanted, failures > 1), () => new RecordingError('encoder-failed'))
    if (!config) throw new RecordingError('unsupported-browser')
    if (over) return
    needsKey = true
    encoder = openVideoEncoder(config, { onPicture: take, onError: fail })
  }
  function take(coded: CodedPicture) {
    // What it was made ready with.
    if (coded.packet.timestamp < 0) return
    endMs = (coded.packet.timestamp + coded.packet.duration) * 1000
    if (++good > goodPictures) failures = 0
    onPicture(coded)
  }
  function drop() {
    encoder?.close()
    encoder = null
  }
  function fail(error: unknown) {
    drop()
    if (over) return
    good = 0
    if (++failures > mostFailures) {
      over = true
      onGivenUp(error)
    } else opening = again().catch(fail)
  }
  async function again() {
    await new Promise((resolve) => setTimeout(resolve, pauseMs * (failures - 1)))
    drop()
    await open()
    if (!over) redo(endMs)
  }

  async function settled() {
    for (let awaited: unknown; awaited !== opening; ) {
      awaited = opening
      await opening
    }
  }

  await open()
  return {
    /** True while it has enough to do, or is being replaced. */
    isBusy: () => encoder === null || encoder.queued >= 3,
    /**
     * Makes it ready with a frame before time zero, which does not come out: on a busy machine the first one takes seconds, and what is
     * recorded meanwhile is in no segment. Takes over the frame.
     */
    async prepare(frame: VideoFrame) {
      if (!encoder) return frame.close()
      encoder.encode(frame, true)
      await within(prepareLimitMs, encoder.flush(), () => new RecordingError('encoder-failed')).catch(() => undefined)
    },
    /** Takes over the frame; what comes while there is no encoder is asked for again. */
    encode(frame: VideoFrame, keyFrame: boolean) {
      if (!encoder) return frame.close()
      encoder.encode(frame, keyFrame || needsKey)
      needsKey = false
    },
    /** Goes on in another size, from the last picture that came out. */
    resize(size: Size & { bitrate: number }) {
      wanted = { ...wanted, ...size }
      drop()
      opening = opening.then(again).catch(fail)
    },
    /** Replaces an encoder that hangs. */
    check() {
      if (encoder && encoder.hangsMs() > hungMs) encoder.fail(new Error('the encoder hangs'))
    },
    /** Resolves when everything has come out, or the last encoder was given up. */
    async flush() {
      for (let flushed: OpenVideoEncoder | null = null; !over; ) {
        await settled()
        if (!encoder || encoder === flushed) return
        flushed = encoder
        await flushed.flush().catch(() => undefined)
        // A failure is told to the encoder's own listener first; then `opening` waits for the next one.
        await new Promise((resolve) => setTimeout(resolve))
      }
    },
    close() {
      over = true
      drop()
    },
  }
}

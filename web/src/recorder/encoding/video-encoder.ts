import { EncodedPacket } from 'mediabunny'

/** A picture as it leaves the encoder, with what is needed to decode it. */
export type CodedPicture = { packet: EncodedPacket; config: VideoDecoderConfig }

type Listeners = { onPicture(coded: CodedPicture): void; onError(error: unknown): void }

const fewPictures = 10

/** One `VideoEncoder` until it fails: it reports the first error and nothing afterwards. */
export function openVideoEncoder(config: VideoEncoderConfig, { onPicture, onError }: Listeners) {
  let decoder: VideoDecoderConfig | undefined
  let unanswered = 0
  let unansweredSince = 0
  let over = false

  function fail(error: unknown) {
    if (over) return
    over = true
    onError(error)
  }
  const encoder = new VideoEncoder({
    output(chunk, meta) {
      if (over) return
      unanswered = 0
      if (meta?.decoderConfig && !isSame(decoder, meta.decoderConfig)) decoder = meta.decoderConfig
      if (decoder) onPicture({ packet: EncodedPacket.fromEncodedChunk(chunk), config: decoder })
    },
    error: fail,
  })
  try {
    encoder.configure(config)
  } catch (error) {
    queueMicrotask(() => fail(error))
  }
  return {
    /** How many pictures it has not begun to encode. */
    get queued() {
      return encoder.encodeQueueSize
    },
    /** For how long it has taken pictures in without giving one out, in ms. Encoders may leave out a few. */
    hangsMs: () => (unanswered < fewPictures ? 0 : performance.now() - unansweredSince),
    /** Takes over the frame. */
    encode(frame: VideoFrame, keyFrame: boolean) {
      try {
        encoder.encode(frame, { keyFrame })
        if (unanswered++ === 0) unansweredSince = performance.now()
      } catch (error) {
        fail(error)
      } finally {
        frame.close()
      }
    },
    flush: () => encoder.flush(),
    fail,
    close() {
      over = true
      if (encoder.state !== 'closed') encoder.close()
    },
  }
}

export type OpenVideoEncoder = ReturnType<typeof openVideoEncoder>

/** Encoders say again and again what is known; only a change needs another init segment. */
function isSame(known: VideoDecoderConfig | undefined, told: VideoDecoderConfig): boolean {
  if (!known || known.codec !== told.codec || known.codedWidth !== told.codedWidth || known.codedHeight !== told.codedHeight)
    return false
  const [a, b] = [bytesOf(known.description), bytesOf(told.description)]
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}

function bytesOf(description: AllowSharedBufferSource | undefined): Uint8Array {
  if (!description) return new Uint8Array()
  return ArrayBuffer.isView(description)
    ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength)
    : new Uint8Array(description)
}

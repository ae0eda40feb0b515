import { within } from '../channel.ts'
import { RecordingError } from '../recording-problem.ts'
import { type Content, framesPerSecond, type Size, segmentSeconds } from '../segment.ts'
import { growthOf } from './growth.ts'
import { openLastingEncoder } from './lasting-encoder.ts'
import type { mediaClock } from './media-clock.ts'
import { type Look, painter } from './painter.ts'
import { picture } from './picture.ts'
import { pictureInput } from './picture-input.ts'
import type { CodedPicture } from './video-encoder.ts'

type Options = {
  clock: ReturnType<typeof mediaClock>
  content: Content
  /** The size in which it is recorded, from that in which it arrives. */
  sizeOf(arriving: Size): Size
  bitrateOf(size: Size): number
  look(): Look
  onPicture(coded: CodedPicture): void
  /** The source has ended: nothing more will arrive. */
  onEnd(): void
  onGivenUp(error: unknown): void
}

const firstFrameLimitMs = 10_000
const repeatAfterMs = 250
const segmentMs = segmentSeconds * 1000

/** A picture from its frames to coded pictures without holes. Throws RecordingError when none arrives or none can be encoded. */
export async function codedTrack(stream: ReadableStream<VideoFrame>, options: Options) {
  const { clock, content, sizeOf, bitrateOf, look, onPicture, onEnd, onGivenUp } = options
  let paint: ReturnType<typeof painter> | undefined
  let encoder: Awaited<ReturnType<typeof openLastingEncoder>> | undefined
  let growth: ReturnType<typeof growthOf> | undefined

  const line = picture<VideoFrame, Look>({
    framesPerSecond,
    repeatAfterMs,
    segmentMs,
    look,
    isBusy: () => encoder?.isBusy() ?? true,
    emit(frame, atMs, durationMs, shown) {
      const larger = growth?.(sizeOf({ width: frame.displayWidth, height: frame.displayHeight }), atMs)
      if (larger) {
        paint = painter(larger)
        encoder?.resize({ ...larger, bitrate: bitrateOf(larger) })
      }
      const painted = paint?.(frame, atMs, durationMs, shown)
      frame.close()
      if (painted) encoder?.encode(painted, Math.abs(atMs - Math.round(atMs / segmentMs) * segmentMs) < 1)
    },
  })
  const input = pictureInput(stream, clock, line, onEnd)
  try {
    const size = sizeOf(await within(firstFrameLimitMs, input.first, () => new RecordingError('no-picture')))
    paint = painter(size)
    const bitrate = bitrateOf(size)
    encoder = await openLastingEncoder({ ...size, bitrate, content, onPicture, redo: line.redo, onGivenUp })
    await encoder.prepare(blankFrame(size))
    growth = growthOf(size)
  } catch (error) {
    close()
    throw error
  }
  function close() {
    line.close()
    input.close()
    encoder?.close()
  }
  return {
    begin: line.begin,
    end: line.end,
    force: line.force,
    tick(nowMs: number) {
      line.tick(nowMs)
      encoder?.check()
    },
    replace: input.replace,
    /** Resolves when everything that was shown has come out. */
    flush: async () => encoder?.flush(),
    close,
  }
}

function blankFrame({ width, height }: Size): VideoFrame {
  const pixels = new Uint8Array(width * height * 1.5)
  return new VideoFrame(pixels, {
    format: 'I420',
    codedWidth: width,
    codedHeight: height,
    timestamp: -1_000_000 / framesPerSecond,
  })
}

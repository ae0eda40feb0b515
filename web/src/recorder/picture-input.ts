import { VideoSample, type VideoSampleSource } from 'mediabunny'
import { captureMoment } from './capture-moment.ts'
import { deferred } from './channel.ts'
import type { mediaClock } from './media-clock.ts'
import { picture } from './picture.ts'
import { framesPerSecond, recordedSize, segmentSeconds } from './segment.ts'

type Size = { width: number; height: number }
const repeatAfterMs = 250
const longestQueue = 3

/** Frames of a track to an encoder, on the media clock, without holes. */
export function pictureInput(
  stream: ReadableStream<VideoFrame>,
  clock: ReturnType<typeof mediaClock>,
  fail: (error: unknown) => void,
) {
  const reader = stream.getReader()
  const capturedAt = captureMoment()
  const first = deferred<{ frame: Size; fits: boolean }>()
  let source: VideoSampleSource | undefined
  let queue = Promise.resolve()
  let queued = 0

  const line = picture<VideoFrame>({
    framesPerSecond,
    repeatAfterMs,
    segmentMs: segmentSeconds * 1000,
    isBusy: () => queued >= longestQueue,
    emit(frame, atMs, durationMs) {
      const sample = new VideoSample(frame, { timestamp: atMs / 1000, duration: durationMs / 1000 })
      queued++
      queue = queue
        .then(() => source?.add(sample))
        .catch(fail)
        .finally(() => {
          sample.close()
          queued--
        })
    },
  })

  async function read() {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      const frame = next.value
      first.resolve({ frame: shown(frame), fits: fits(frame) })
      line.show(frame, clock.at(capturedAt(frame.timestamp, performance.now())))
    }
  }
  read().catch(fail)

  return {
    first: first.promise,
    connect: (to: VideoSampleSource) => {
      source = to
      return to
    },
    begin: line.begin,
    tick: line.tick,
    force: line.force,
    end: line.end,
    written: () => queue,
    close() {
      line.close()
      reader.cancel().catch(() => undefined)
    },
  }
}

const shown = (frame: VideoFrame): Size => ({ width: frame.displayWidth, height: frame.displayHeight })

/** True when the frame can go to the encoder as it is: scaling each frame would cost as much as encoding it. */
function fits(frame: VideoFrame): boolean {
  const { width, height } = recordedSize(frame.displayWidth, frame.displayHeight)
  const visible = frame.visibleRect
  const rotated = ((frame as { rotation?: number }).rotation ?? 0) !== 0
  return visible?.width === width && visible.height === height && !rotated
}

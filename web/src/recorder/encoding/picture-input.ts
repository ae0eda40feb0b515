import { deferred } from '../channel.ts'
import type { Size } from '../segment.ts'
import { captureMoment } from './capture-moment.ts'
import type { mediaClock } from './media-clock.ts'
import type { picture } from './picture.ts'

type Line = Pick<ReturnType<typeof picture<VideoFrame, unknown>>, 'show'>

/** Reads frames of a track, and of another one once that delivers, onto the media clock. */
export function pictureInput(
  stream: ReadableStream<VideoFrame>,
  clock: ReturnType<typeof mediaClock>,
  line: Line,
  onEnd: () => void,
) {
  const first = deferred<Size>()
  let current: { reader: ReadableStreamDefaultReader<VideoFrame>; turn: number } | null = null
  let turns = 0
  /** Those that have not delivered yet too. */
  const readers = new Set<ReadableStreamDefaultReader<VideoFrame>>()

  async function read(from: ReadableStream<VideoFrame>) {
    const mine = { reader: from.getReader(), turn: turns++ }
    readers.add(mine.reader)
    const capturedAt = captureMoment()
    for (let next = await mine.reader.read(); !next.done; next = await mine.reader.read()) {
      const frame = next.value
      if (current && current.turn > mine.turn) return drop(frame, mine.reader)
      if (current !== mine) {
        current?.reader.cancel().catch(() => undefined)
        current = mine
      }
      first.resolve({ width: frame.displayWidth, height: frame.displayHeight })
      line.show(frame, clock.at(capturedAt(frame.timestamp, performance.now())))
    }
    if (current === mine) onEnd()
  }
  // A track that breaks is a track that ends.
  const follow = (from: ReadableStream<VideoFrame>) => void read(from).catch(onEnd)
  follow(stream)

  return {
    /** The size of the first frame. */
    first: first.promise,
    replace: follow,
    close() {
      for (const reader of readers) reader.cancel().catch(() => undefined)
    },
  }
}

function drop(frame: VideoFrame, reader: ReadableStreamDefaultReader<VideoFrame>) {
  frame.close()
  reader.cancel().catch(() => undefined)
}

import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { keys } from '@meanwhile/shared/platform/keys'
import type { Storage } from '@meanwhile/shared/platform/storage'
import { StageFailure } from './failure.ts'
import type { Part } from './ledger.ts'

/** So many objects are opened before they are needed, which hides the storage's latency. */
const readAhead = 4

/** Streams in the order of `parts`; what was opened and not read is closed at the end. */
async function* opened(storage: Storage, videoId: string, parts: Part[]): AsyncGenerator<[Part, Readable]> {
  const waiting: { part: Part; stream: Promise<Readable> }[] = []
  const open = (part: Part) => {
    const stream = storage.read(keys.segment(videoId, part.track, part.number))
    // Errors are met where the stream is read; until then they must not end the process.
    stream.then((readable) => readable.on('error', () => {})).catch(() => {})
    waiting.push({ part, stream })
  }
  try {
    for (const [index, part] of parts.entries()) {
      if (index === 0) for (const first of parts.slice(0, readAhead)) open(first)
      const next = waiting.shift()
      const later = parts[index + readAhead]
      if (later) open(later)
      if (next) yield [part, await next.stream]
    }
  } finally {
    for (const { stream } of waiting) stream.then((readable) => readable.destroy()).catch(() => {})
  }
}

/**
 * The bytes of parts, one behind the other: an init segment and its media segments are a fragmented MP4. They are compared with the
 * ledger on the way. @throws {StageFailure} when a part is not what was stored, {ObjectNotFoundError} when it is gone
 */
export async function* bytesOf(
  storage: Storage,
  videoId: string,
  parts: Part[],
  onPart: (part: Part) => void = () => {},
): AsyncGenerator<Buffer> {
  for await (const [part, stream] of opened(storage, videoId, parts)) {
    const hash = createHash('sha256')
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      hash.update(chunk)
      yield chunk
    }
    if (hash.digest('hex') !== part.sha256)
      throw new StageFailure(`Part ${part.number} of the recording is damaged in the storage.`, { isFinal: false })
    onPart(part)
  }
}

/** Copies parts into one local file. @throws as `bytesOf` */
export async function assemble(
  storage: Storage,
  videoId: string,
  parts: Part[],
  file: string,
  signal: AbortSignal,
): Promise<void> {
  await pipeline(bytesOf(storage, videoId, parts), createWriteStream(file, { mode: 0o600 }), { signal })
}

import { AudioSample } from 'mediabunny'
import type { mediaClock } from './media-clock.ts'
import { soundLine, stretchTo } from './sound.ts'

type Encoder = { primingMs: number; prepare(sampleRate: number): void; encode(sample: AudioSample): void }
/** What was said in private is still on its way when it ends. */
const silentAfterMs = 100

/** Chunks of a track to an encoder, on the media clock, without gaps: a track that stalls or ends is silent. */
export function soundInput(stream: ReadableStream<AudioData>, clock: ReturnType<typeof mediaClock>, encoder: Encoder) {
  const { primingMs } = encoder
  const reader = stream.getReader()
  let silentUntil = 0
  let line: ReturnType<typeof soundLine> | undefined
  let sampleRate = 48_000
  let written = 0

  function write(planes: Float32Array[]) {
    const frames = planes[0]?.length ?? 0
    if (frames === 0) return
    const data = new Float32Array(frames * planes.length)
    for (const [index, plane] of planes.entries()) data.set(plane, index * frames)
    const timestamp = written / sampleRate
    const sample = new AudioSample({ data, format: 'f32-planar', numberOfChannels: planes.length, sampleRate, timestamp })
    written += frames
    encoder.encode(sample)
  }
  const writeSilence = (frames: number) => write([new Float32Array(frames), new Float32Array(frames)])
  const lineAt = (rate: number) => {
    sampleRate = rate
    return soundLine(rate)
  }

  function take(chunk: AudioData) {
    line ??= lineAt(chunk.sampleRate)
    const endMs = clock.at(performance.now()) - primingMs
    const { silence, skip, frames } = line.place(endMs, chunk.numberOfFrames)
    writeSilence(silence)
    if (performance.now() < silentUntil) writeSilence(frames)
    else write([0, 1].map((channel) => stretchTo(plane(chunk, channel).subarray(skip), frames)))
  }
  async function read() {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      encoder.prepare(next.value.sampleRate)
      if (clock.running) take(next.value)
      next.value.close()
    }
  }
  read().catch(() => undefined)

  return {
    begin() {
      line?.realign()
    },
    tick(nowMs: number) {
      line ??= lineAt(sampleRate)
      writeSilence(line.fill(nowMs - primingMs))
    },
    end(endMs: number) {
      line ??= lineAt(sampleRate)
      writeSilence(line.fillUpTo(endMs - primingMs))
    },
    setPrivate(on: boolean) {
      silentUntil = on ? Number.POSITIVE_INFINITY : performance.now() + silentAfterMs
    },
    close() {
      reader.cancel().catch(() => undefined)
    },
  }
}

/** One of two channels as numbers; a chunk of one channel gives it for both. */
function plane(chunk: AudioData, channel: number): Float32Array {
  const planeIndex = Math.min(channel, chunk.numberOfChannels - 1)
  const samples = new Float32Array(chunk.numberOfFrames)
  chunk.copyTo(samples, { planeIndex, format: 'f32-planar' })
  return samples
}

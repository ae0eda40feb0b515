import { AudioSample, type AudioSampleSource } from 'mediabunny'
import type { mediaClock } from './media-clock.ts'
import { soundLine, stretchTo } from './sound.ts'

/** Chunks of a track to an encoder, on the media clock, without gaps. */
export function soundInput(
  stream: ReadableStream<AudioData>,
  clock: ReturnType<typeof mediaClock>,
  fail: (error: unknown) => void,
) {
  const reader = stream.getReader()
  let source: AudioSampleSource | undefined
  let line: ReturnType<typeof soundLine> | undefined
  let sampleRate = 48_000
  let primingMs = 0
  let written = 0
  let queue = Promise.resolve()

  function write(planes: Float32Array[]) {
    const frames = planes[0]?.length ?? 0
    if (frames === 0) return
    const data = new Float32Array(frames * planes.length)
    for (const [index, plane] of planes.entries()) data.set(plane, index * frames)
    const timestamp = written / sampleRate
    const sample = new AudioSample({ data, format: 'f32-planar', numberOfChannels: planes.length, sampleRate, timestamp })
    written += frames
    queue = queue
      .then(() => source?.add(sample))
      .catch(fail)
      .finally(() => sample.close())
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
    write([0, 1].map((channel) => stretchTo(plane(chunk, channel).subarray(skip), frames)))
  }
  async function read() {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (clock.running) take(next.value)
      next.value.close()
    }
  }
  read().catch(fail)

  return {
    connect: (to: AudioSampleSource) => {
      source = to
      return to
    },
    /** Leaves out as much of the beginning as the encoder delays everything. */
    delayBy(ms: number) {
      primingMs = ms
    },
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
    written: () => queue,
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

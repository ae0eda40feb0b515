import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type { Range } from '@meanwhile/shared/media/cuts'

const headerBytes = 44

/** The header of a WAV of one channel and 16 bits, before so many bytes of samples. */
export function wavHeader(sampleRate: number, sampleBytes: number): Buffer {
  const header = Buffer.alloc(headerBytes)
  header.write('RIFF', 0)
  header.writeUInt32LE(headerBytes - 8 + sampleBytes, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(sampleRate, 24)
  header.writeUInt32LE(sampleRate * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(sampleBytes, 40)
  return header
}

/** How long a WAV may be that has so many bytes, in ms. */
export const longestIn = (bytes: number, sampleRate: number): number =>
  Math.floor(((bytes - headerBytes) / (sampleRate * 2)) * 1000)

/** Writes a range of raw samples as a WAV; what reaches beyond their end is left out. */
export async function writeWav(
  raw: { file: string; sampleRate: number; sizeBytes: number },
  [fromMs, toMs]: Range,
  output: string,
  signal: AbortSignal,
): Promise<void> {
  const at = (ms: number) => Math.min(raw.sizeBytes - (raw.sizeBytes % 2), Math.round((ms / 1000) * raw.sampleRate) * 2)
  const [start, end] = [at(fromMs), at(toMs)]
  await pipeline(
    async function* () {
      yield wavHeader(raw.sampleRate, end - start)
      if (end > start) yield* createReadStream(raw.file, { start, end: end - 1 })
    },
    createWriteStream(output, { mode: 0o600 }),
    { signal },
  )
}

import { open } from 'node:fs/promises'
import type { Loudness } from '@meanwhile/shared/media/loudness'

/** The last frame of a report is shorter. */
const tailBytes = 4_096
/** The gate of EBU R 128: what is below is not measured. */
const gateLufs = -70

const inDb = (peak: number) => 20 * Math.log10(peak)
const rounded = (value: number) => Math.round(value * 100) / 100

/** The last values of a report that ffmpeg's `ebur128` wrote frame by frame; null where nothing was loud enough to measure. */
export function loudnessIn(report: string): Loudness | null {
  const lufs = Number(
    report
      .match(/^lavfi\.r128\.I=(.+)$/gm)
      ?.at(-1)
      ?.split('=')[1] ?? Number.NaN,
  )
  const lastFrame = report.slice(report.lastIndexOf('frame:'))
  const peaks = [...lastFrame.matchAll(/^lavfi\.r128\.true_peaks?(?:_ch\d+)?=(.+)$/gm)].map(([, peak]) => Number(peak))
  const truePeak = Math.max(0, ...peaks.filter(Number.isFinite))
  return lufs > gateLufs && truePeak > 0 ? { lufs: rounded(lufs), truePeakDb: rounded(inDb(truePeak)) } : null
}

/** Reads the end of a report. */
export async function readLoudness(file: string): Promise<Loudness | null> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const position = Math.max(0, size - tailBytes)
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(tailBytes), position })
    return loudnessIn(buffer.toString('utf8', 0, bytesRead))
  } finally {
    await handle.close()
  }
}

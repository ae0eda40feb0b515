/** How loud a sound is over time: the mean level of each window, in dB below full scale. */
export type Levels = { windowMs: number; db: Float32Array }

export const windowMs = 20
/** Below that nothing is heard: less than the noise of 16 bits. */
const floorDb = -96
const waveformMs = 100
/** As many as any screen is wide. */
const maxPeaks = 6_000

/** Samples of a mono sound, as they come: 16 bits, little-endian. */
type Samples = AsyncIterable<Buffer>

/** Whole samples, whatever the pieces are cut into. */
async function* wholeSamples(chunks: Samples): AsyncGenerator<Buffer> {
  let left: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const bytes = left.length > 0 ? Buffer.concat([left, chunk]) : chunk
    const whole = bytes.length - (bytes.length % 2)
    left = bytes.subarray(whole)
    yield bytes.subarray(0, whole)
  }
}

/**
 * Measures a sound in one pass.
 * @param sampleRate in Hz @param durationMs of the recording: what the sound lacks at its end is silence, what is more is left out
 * @returns its levels, and the highest sample of each interval for a waveform, 255 being full scale
 */
export async function measureSound(
  chunks: Samples,
  sampleRate: number,
  durationMs: number,
): Promise<{ levels: Levels; waveform: { intervalMs: number; peaks: number[] } }> {
  const perWindow = (sampleRate * windowMs) / 1000
  const intervalMs = Math.max(waveformMs, Math.ceil(durationMs / maxPeaks / windowMs) * windowMs)
  const perPeak = intervalMs / windowMs
  const db = new Float32Array(Math.max(1, Math.ceil(durationMs / windowMs))).fill(floorDb)
  const peaks = new Array<number>(Math.max(1, Math.ceil(durationMs / intervalMs))).fill(0)
  let [sum, peak, count, window] = [0, 0, 0, 0]
  for await (const bytes of wholeSamples(chunks))
    for (let at = 0; at < bytes.length && window < db.length; at += 2) {
      const sample = bytes.readInt16LE(at) / 32_768
      sum += sample * sample
      peak = Math.max(peak, Math.abs(sample))
      if (++count < perWindow) continue
      db[window] = Math.max(floorDb, 10 * Math.log10(sum / perWindow))
      const place = Math.floor(window / perPeak)
      peaks[place] = Math.max(peaks[place] ?? 0, Math.min(255, Math.round(peak * 255)))
      window++
      ;[sum, peak, count] = [0, 0, 0]
    }
  return { levels: { windowMs, db }, waveform: { intervalMs, peaks } }
}

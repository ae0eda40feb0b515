/** How many frames of silence go before a chunk, how many of its own are left out, and to how many it is stretched. */
export type Placement = { silence: number; skip: number; frames: number }

const windowMs = 2000
const toleratedMs = 8
const jumpMs = 100
const stretch = 1 / 250
const longestGapMs = 500
const keptBackMs = 200

/**
 * Lays chunks of sound on the media clock without gaps. The clock of a sound card is not the clock of the picture (they
 * part by some 0.3 s an hour), and chunks arrive late but never early: so the least lateness over two seconds is the true
 * error. A small one is corrected by playing 0.4 % faster or slower, a large one by silence or a cut.
 */
export function soundLine(sampleRate: number) {
  const toMs = (frames: number) => (frames / sampleRate) * 1000
  const toFrames = (ms: number) => Math.round((ms / 1000) * sampleRate)
  let written = 0
  let aligned = false
  let leastLateMs = Number.POSITIVE_INFINITY
  let windowEndsAt = 0
  let owed = 0

  function restartWindow(nowMs: number) {
    leastLateMs = Number.POSITIVE_INFINITY
    windowEndsAt = nowMs + windowMs
  }
  function align(lateMs: number, frames: number): Placement {
    const shift = toFrames(lateMs)
    const skip = Math.min(frames, Math.max(0, -shift))
    return { silence: Math.max(0, shift), skip, frames: frames - skip }
  }
  function correct(lateMs: number, frames: number, nowMs: number): Placement {
    leastLateMs = Math.min(leastLateMs, lateMs)
    if (nowMs >= windowEndsAt) {
      const error = leastLateMs
      restartWindow(nowMs)
      if (Math.abs(error) > jumpMs) return align(error, frames)
      owed = Math.abs(error) > toleratedMs ? toFrames(error) : 0
    }
    const step = Math.sign(owed) * Math.min(Math.abs(owed), Math.ceil(frames * stretch))
    owed -= step
    return { silence: 0, skip: 0, frames: frames + step }
  }

  return {
    get writtenMs() {
      return toMs(written)
    },
    /** Where a chunk goes whose last frame was captured at `endMs` of media time, or a little before. */
    place(endMs: number, frames: number): Placement {
      const lateMs = endMs - toMs(written + frames)
      const first = !aligned
      if (first) restartWindow(endMs)
      aligned ||= lateMs > -toMs(frames)
      const placed = first ? align(lateMs, frames) : correct(lateMs, frames, endMs)
      written += placed.silence + placed.frames
      return placed
    },
    /** After the start and after a pause the next chunk is put exactly where it belongs. */
    realign() {
      aligned = false
      owed = 0
    },
    /** Frames of silence that are missing because no sound came for long: without them no segment would be complete. */
    fill(nowMs: number): number {
      if (nowMs - toMs(written) < longestGapMs) return 0
      return this.fillUpTo(nowMs - keptBackMs)
    },
    fillUpTo(endMs: number): number {
      const frames = Math.max(0, toFrames(endMs) - written)
      written += frames
      return frames
    },
  }
}

/** The same sound over another number of frames, by linear interpolation; for differences that nobody hears. */
export function stretchTo(samples: Float32Array, frames: number): Float32Array {
  if (frames === samples.length || samples.length === 0) return samples
  const step = frames > 1 ? (samples.length - 1) / (frames - 1) : 0
  return Float32Array.from({ length: frames }, (_, index) => {
    const at = index * step
    const before = samples[Math.floor(at)] ?? 0
    return before + ((samples[Math.ceil(at)] ?? before) - before) * (at % 1)
  })
}

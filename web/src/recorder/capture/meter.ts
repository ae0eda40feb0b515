const floorDb = -60

/** 0 for silence (−60 dBFS and less), 1 for full scale; even steps sound even. */
export function loudness(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  const db = 10 * Math.log10(sum / samples.length || Number.MIN_VALUE)
  return Math.min(1, Math.max(0, 1 - db / floorDb))
}

/** A function that says how loud a node is now, 0 to 1. */
export function meter(context: AudioContext, node: AudioNode): () => number {
  const analyser = new AnalyserNode(context, { fftSize: 2048 })
  const samples = new Float32Array(analyser.fftSize)
  node.connect(analyser)
  return () => {
    analyser.getFloatTimeDomainData(samples)
    return loudness(samples)
  }
}

/** Anything quieter than this is a muted or dead microphone: a quiet room is louder. */
const audible = 0.08

/** Says for each measured level whether nothing has been heard for `afterMs`. Between two that are as far apart nobody has listened. */
export function deafness(afterMs: number): (level: number, nowMs: number) => boolean {
  let heardAt = Number.NEGATIVE_INFINITY
  let measuredAt = Number.NEGATIVE_INFINITY
  return (level, nowMs) => {
    if (level > audible || nowMs - measuredAt >= afterMs) heardAt = nowMs
    measuredAt = nowMs
    return nowMs - heardAt >= afterMs
  }
}

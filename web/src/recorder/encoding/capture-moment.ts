const impossibleMs = 1000

/**
 * When a frame was captured, on the clock on which it arrived. Frames carry timestamps of another clock with an unknown
 * offset; no frame arrives before it was captured, so the smallest distance that was seen is the best guess.
 */
export function captureMoment(): (timestampUs: number, arrivedAt: number) => number {
  let offset = Number.POSITIVE_INFINITY
  return (timestampUs, arrivedAt) => {
    const distance = arrivedAt - timestampUs / 1000
    if (Math.abs(distance - offset) > impossibleMs) offset = distance
    offset = Math.min(offset, distance)
    return timestampUs / 1000 + offset
  }
}

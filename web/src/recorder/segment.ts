/** One CMAF segment as it leaves the encoder; number 0 is the init segment. */
export type Segment = {
  number: number
  bytes: Uint8Array<ArrayBuffer>
  /** Exact length of its picture. */
  durationMs: number
  /** Of the init segment only. */
  codecs?: string
  width?: number
  height?: number
}

/** Length of a segment and distance of key frames. */
export const segmentSeconds = 2

export const framesPerSecond = 30

/** The largest picture that is recorded; a larger one is scaled down, and every side is even, as H.264 wants it. */
export function recordedSize(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, 1920 / Math.max(width, height), 1200 / Math.min(width, height))
  const even = (side: number) => Math.max(2, Math.round((side * scale) / 2) * 2)
  return { width: even(width), height: even(height) }
}

/** 2.8 Mbit/s at 1080p; smaller pictures need a little more per pixel. */
export const bitsPerSecond = (width: number, height: number): number =>
  Math.max(300_000, Math.round(2_800_000 * ((width * height) / (1920 * 1080)) ** 0.75))

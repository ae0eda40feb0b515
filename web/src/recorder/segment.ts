import type { Track } from '@meanwhile/shared/contract/videos'

/** `file`: parts of one file that cannot be cut into segments here; the worker cuts it. */
export type SpoolTrack = Track | 'file'

/**
 * One CMAF segment as it leaves the encoder. Number 0 of a track is its init segment; another init segment, with a number of its own and no
 * length, follows whenever the picture is coded anew from there on. Parts of a file are numbered from 1.
 */
export type Segment = {
  track: SpoolTrack
  number: number
  bytes: Uint8Array<ArrayBuffer>
  /** Exact length of its picture. */
  durationMs: number
  /** It is what there is so far of the segment that will have this number, and counts only if nothing more comes. */
  draft?: true
  /** Of an init segment only. */
  codecs?: string
  width?: number
  height?: number
  /** Of a part of a file only: its media type. */
  type?: string
}

/** Length of a segment and distance of key frames. */
export const segmentSeconds = 2

export const framesPerSecond = 30

/** The largest picture that is recorded. */
export type Quality = '720p' | '1080p' | '4k'
/** What moves like a camera's picture takes other bits than what must be read. */
export type Content = 'detail' | 'motion'
export type Size = { width: number; height: number }

const sizes: Record<Quality, Size> = {
  '720p': { width: 1280, height: 720 },
  '1080p': { width: 1920, height: 1080 },
  '4k': { width: 3840, height: 2160 },
}
export const sizeOf = (quality: Quality): Size => sizes[quality]

/** How large a picture is recorded: a larger one is scaled down (16:10 keeps its width), and every side is even, as H.264 wants it. */
export function recordedSize(width: number, height: number, quality: Quality = '1080p'): Size {
  const largest = sizes[quality].width
  const scale = Math.min(1, largest / Math.max(width, height), (largest * 0.625) / Math.min(width, height))
  const even = (side: number) => Math.max(2, Math.round((side * scale) / 2) * 2)
  return { width: even(width), height: even(height) }
}

const bitsAt1080p: Record<Content, number> = { detail: 2_800_000, motion: 2_400_000 }

/** Bits a second by size and content; smaller pictures need a little more per pixel. */
export const bitsPerSecond = ({ width, height }: Size, content: Content): number =>
  Math.max(300_000, Math.round(bitsAt1080p[content] * ((width * height) / (1920 * 1080)) ** 0.75))

/** The camera beside a screen is small when it is watched. */
export const cameraBitsPerSecond = ({ width, height }: Size): number =>
  Math.max(400_000, Math.round(700_000 * ((width * height) / (1280 * 720)) ** 0.75))

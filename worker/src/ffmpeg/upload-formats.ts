import type { Container } from '../import/container.ts'

/** An uploaded file of a container, as its first bytes say (`import/container`). */
export type UploadKind = `upload-${Container}`
const containers = ['mp4', 'matroska', 'mp3', 'wav', 'ogg', 'flac', 'adts'] as const satisfies Container[]
const forEach = (value: (container: Container) => string) =>
  Object.fromEntries(containers.map((container) => [`upload-${container}`, value(container)])) as Record<UploadKind, string>

const known: Partial<Record<Container, string>> = { mp4: 'mov,mp4,m4a,3gp,3g2,mj2', matroska: 'matroska,webm', adts: 'aac' }
/** Each container opens its own demuxer alone: none of them reads another file. */
export const demuxers = forEach((container) => known[container] ?? container)

const named: Partial<Record<Container, string>> = { mp4: 'mov', adts: 'aac' }
export const forcedFormat = forEach((container) => named[container] ?? container)

/** What phones, cameras, conference programs and screen recorders write. Rare decoders are where the holes are (RELIABILITY B31). */
const all = [
  ...['h264', 'hevc', 'vp8', 'vp9', 'av1', 'libdav1d', 'libaom-av1', 'mpeg4', 'mjpeg'],
  ...['aac', 'opus', 'libopus', 'vorbis', 'mp3', 'mp3float', 'flac', 'alac', 'ac3', 'eac3'],
  ...['pcm_u8', 'pcm_s16le', 'pcm_s16be', 'pcm_s24le', 'pcm_s24be', 'pcm_s32le', 'pcm_s32be', 'pcm_f32le', 'pcm_f32be'],
  ...['pcm_mulaw', 'pcm_alaw'],
  // Covers and subtitles: nothing of them is used, but ffprobe opens the decoder of every stream, or none at all.
  ...['png', 'bmp', 'mov_text', 'subrip', 'srt', 'ass', 'ssa', 'webvtt', 'text', 'dvdsub', 'pgssub', 'dvbsub'],
].join(',')

export const decoders = forEach(() => all)

import { type Content, framesPerSecond, type Size } from '../segment.ts'

type Wanted = Size & { bitrate: number; content: Content }
type Supports = (config: VideoEncoderConfig) => Promise<boolean>

const supports: Supports = async (config) => {
  try {
    return (await VideoEncoder.isConfigSupported(config)).supported === true
  } catch {
    return false
  }
}

/**
 * The first of H.264, VP9 and AV1 that is encoded here; null when none is. `software` avoids a graphics processor that has just failed.
 */
export async function videoConfig(wanted: Wanted, software: boolean, supported = supports): Promise<VideoEncoderConfig | null> {
  const { width, height, bitrate, content } = wanted
  for (const codec of codecsFor(wanted)) {
    for (const hardwareAcceleration of software
      ? (['prefer-software', 'no-preference'] as const)
      : (['no-preference'] as const)) {
      const config: VideoEncoderConfig & { contentHint: string } = {
        codec,
        width,
        height,
        bitrate,
        framerate: framesPerSecond,
        latencyMode: 'realtime',
        contentHint: content,
        hardwareAcceleration,
        ...(codec.startsWith('avc1') ? { avc: { format: 'avc' } } : {}),
      }
      if (await supported(config)) return config
    }
  }
  return null
}

/** Codec strings with the lowest level at which 30 pictures of this size a second are allowed. */
function codecsFor({ width, height }: Size): string[] {
  const macroblocks = Math.ceil(width / 16) * Math.ceil(height / 16)
  const pixels = width * height
  const avcLevel = macroblocks <= 3600 ? '1f' : macroblocks <= 8192 ? '28' : macroblocks <= 22_080 ? '32' : '33'
  const vp9Level = pixels <= 983_040 ? '31' : pixels <= 2_228_224 ? '40' : '50'
  const av1Level = pixels <= 1_065_024 ? '05M' : pixels <= 2_359_296 ? '08M' : '12M'
  return [
    `avc1.6400${avcLevel}`,
    `avc1.4d00${avcLevel}`,
    `avc1.4200${avcLevel}`,
    `vp09.00.${vp9Level}.08`,
    `av01.0.${av1Level}.08`,
  ]
}

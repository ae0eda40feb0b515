import { EncodedPacket } from 'mediabunny'
import type { CodedSound } from './sound-encoder.ts'

const samplesInPacket = 1024
/**
 * Two channels of silence in AAC (ISO/IEC 14496-3 §4.4.2): a channel pair whose two streams are 22 zero bits each (no gain, no bands, no
 * tools), then the end mark. A packet of it costs no encoder.
 */
const silence = new Uint8Array([0b0010_0000, 0, 0, 0, 0, 0, 0b0000_1110])

/** Packets of silence, without a gap, from a moment until the first of their ends that is not before another, in seconds. */
export function silentSound(config: AudioDecoderConfig, fromSeconds: number, untilSeconds: number): CodedSound[] {
  const packetSeconds = samplesInPacket / config.sampleRate
  const count = Math.max(0, Math.ceil((untilSeconds - fromSeconds) / packetSeconds - 0.01))
  return Array.from({ length: count }, (_, index) => ({
    packet: new EncodedPacket(silence, 'key', fromSeconds + index * packetSeconds, packetSeconds),
    config,
  }))
}

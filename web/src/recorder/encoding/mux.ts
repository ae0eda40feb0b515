import type { Track } from '@meanwhile/shared/contract/videos'
import { readInit, readMediaSegment, segmentDurationMs } from '@meanwhile/shared/media/cmaf'
import { BufferTarget, CmafOutputFormat, EncodedAudioPacketSource, EncodedVideoPacketSource, Output } from 'mediabunny'
import type { Segment } from '../segment.ts'
import type { CodedSound } from './sound-encoder.ts'
import type { CodedPicture } from './video-encoder.ts'

type Content = {
  track: Track
  pictures: CodedPicture[]
  sounds: CodedSound[]
  /** Present when the segment's init segment has sound, even if this segment has none. */
  soundConfig: AudioDecoderConfig | undefined
  /** `init` is null when the init segment that went before still holds. */
  numbers: { init: number | null; media: number }
}

/** Writes one CMAF segment, after its init segment if it needs one. Its times are those of its packets: nothing begins at zero again. */
export async function mux({ track, pictures, sounds, soundConfig, numbers }: Content, emit: (segment: Segment) => void) {
  const [initTarget, target] = [new BufferTarget(), new BufferTarget()]
  const output = new Output({ format: new CmafOutputFormat(), target, initTarget })
  const config = pictures[0]?.config
  const video = config && new EncodedVideoPacketSource(codecOf(config))
  if (video) output.addVideoTrack(video, { decoderConfig: config })
  const audio = soundConfig && new EncodedAudioPacketSource('aac')
  if (audio) output.addAudioTrack(audio, { decoderConfig: soundConfig })
  await output.start()
  for (const { packet } of pictures) await video?.add(packet, { decoderConfig: config! })
  for (const { packet } of sounds) await audio?.add(packet, { decoderConfig: soundConfig! })
  await output.finalize()

  const [init, media] = [bytesOf(initTarget), bytesOf(target)]
  const durationMs = segmentDurationMs(await readInit(sourceOf(init)), await readMediaSegment(sourceOf(media)))
  if (numbers.init !== null) {
    const codecs = [config?.codec, soundConfig?.codec].filter((codec) => codec !== undefined).join(',')
    const size = config ? { width: config.codedWidth!, height: config.codedHeight! } : {}
    emit({ track, number: numbers.init, bytes: init, durationMs: 0, codecs, ...size })
  }
  emit({ track, number: numbers.media, bytes: media, durationMs })
}

const codecOf = ({ codec }: VideoDecoderConfig) => (codec.startsWith('avc') ? 'avc' : codec.startsWith('vp09') ? 'vp9' : 'av1')

type Bytes = Uint8Array<ArrayBuffer>

const bytesOf = ({ buffer }: BufferTarget): Bytes => new Uint8Array(buffer!)

const sourceOf = (bytes: Bytes) => ({
  sizeBytes: bytes.length,
  read: async (offset: number, length: number) => bytes.subarray(offset, offset + length),
})

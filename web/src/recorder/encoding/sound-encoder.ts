import {
  AudioSample,
  AudioSampleSource,
  canEncodeAudio,
  type EncodedPacket,
  Mp4OutputFormat,
  NullTarget,
  Output,
  Quality,
} from 'mediabunny'
import { deferred } from '../channel.ts'
import { soundQueue } from './sound-queue.ts'

/** A piece of sound as it leaves the encoder, with what is needed to decode it. */
export type CodedSound = { packet: EncodedPacket; config: AudioDecoderConfig }
type Listeners = { onSound(coded: CodedSound): void; onError(error: unknown): void }

const audio = { numberOfChannels: 2, sampleRate: 48_000, quality: new Quality({ bitrate: 128_000 }) }
/** FFmpeg's AAC encoder delays by one frame, and its timestamps do not say so. */
const ownEncoderPrimingMs = (1024 / 48_000) * 1000
/** Silence that goes before everything and is cut off again: encoders are made when the first sound comes, which takes seconds on a busy machine. */
const leadFrames = 4 * 1024

/** Encodes sound to AAC, as one stream for as long as it is recorded: beginning anew would be heard. */
export async function openSoundEncoder({ onSound, onError }: Listeners) {
  const isOwn = await needsOwnAacEncoder()
  let config: AudioDecoderConfig | undefined
  let over = false
  let leadSeconds: number | null = null
  const ready = deferred()

  const source = new AudioSampleSource({
    codec: 'aac',
    quality: audio.quality,
    onEncodedPacket(packet, meta) {
      config ??= meta?.decoderConfig
      ready.resolve()
      const timestamp = packet.timestamp - (leadSeconds ?? 0)
      if (config && !over && timestamp > -packet.duration / 2) onSound({ packet: packet.clone({ timestamp }), config })
    },
  })
  // It is muxed elsewhere, together with the picture: this output only drives the encoder.
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'fragmented' }), target: new NullTarget() })
  output.addAudioTrack(source)
  await output.start()

  // What is left out of the queue leaves a gap in its timestamps, which the source fills with silence.
  const queue = soundQueue<AudioSample>({
    encode: (sample) => source.add(sample),
    onError(error) {
      over = true
      ready.resolve()
      onError(error)
    },
  })
  /** Makes the encoder, for sound of this rate. */
  function prepare(sampleRate: number) {
    if (leadSeconds !== null) return
    leadSeconds = leadFrames / sampleRate
    const { numberOfChannels } = audio
    const data = new Float32Array(leadFrames * numberOfChannels)
    queue.add(new AudioSample({ data, format: 'f32-planar', numberOfChannels, sampleRate, timestamp: 0 }))
  }
  return {
    /** How late the encoder plays the sound that it is given: it begins with this much of silence. */
    primingMs: isOwn ? ownEncoderPrimingMs : 0,
    prepare,
    /** Resolves when it has been made, or cannot be. */
    ready: ready.promise,
    /** Takes over the sample. */
    encode(sample: AudioSample) {
      prepare(sample.sampleRate)
      sample.setTimestamp(sample.timestamp + (leadSeconds ?? 0))
      queue.add(sample)
    },
    /** Resolves when everything has come out. */
    async flush() {
      await queue.emptied()
      await output.finalize().catch(queue.fail)
    },
    close() {
      over = true
      queue.close()
      void output.cancel().catch(() => undefined)
    },
  }
}

/** A browser without AAC of its own gets FFmpeg's, compiled to WebAssembly: 1 MB that others never load. */
async function needsOwnAacEncoder(): Promise<boolean> {
  if (await canEncodeAudio('aac', audio)) return false
  const { registerAacEncoder } = await import('@mediabunny/aac-encoder')
  registerAacEncoder()
  return true
}

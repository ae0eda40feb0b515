import {
  type AudioSample,
  AudioSampleSink,
  AudioSampleSource,
  canEncodeAudio,
  EncodedAudioPacketSource,
  type EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  type MediaSource,
  type Output,
  Quality,
} from 'mediabunny'
import type { CutPlan } from './inspect.ts'

/** One track on its way into the output: `at` is the moment of what comes next, in seconds of the result; Infinity at the end. */
export type Feed = { readonly at: number; push(): Promise<void>; close(): void }

const sound = { numberOfChannels: 2, sampleRate: 48_000, quality: new Quality({ bitrate: 160_000 }) }
/** FFmpeg's AAC encoder delays by one frame, and its timestamps do not say so. */
const ownEncoderPriming = 1024 / 48_000

/** A browser without AAC of its own gets FFmpeg's, compiled to WebAssembly. Resolves to how late it is, in seconds. */
async function prepareAac(): Promise<number> {
  if (await canEncodeAudio('aac', sound)) return 0
  const { registerAacEncoder } = await import('@mediabunny/aac-encoder')
  registerAacEncoder()
  return ownEncoderPriming
}

/** Reads one item ahead, so that the tracks can be fed in the order of time. What lies before the beginning is left out. */
async function feed<T extends { timestamp: number; close?(): void }>(
  items: AsyncGenerator<T, void, unknown>,
  zero: number,
  source: MediaSource,
  add: (item: T, at: number) => Promise<void>,
): Promise<Feed> {
  let next: T | undefined
  async function advance() {
    for (;;) {
      const { value } = await items.next()
      next = value ?? undefined
      if (!next || next.timestamp - zero > -0.0001) return
      next.close?.()
    }
  }
  await advance()
  return {
    get at() {
      return next ? next.timestamp - zero : Number.POSITIVE_INFINITY
    },
    async push() {
      const item = next
      if (!item) return
      await add(item, Math.max(0, item.timestamp - zero))
      await advance()
    },
    close: () => source.close(),
  }
}

async function pictureFeed(output: Output, { track }: NonNullable<CutPlan['picture']>, zero: number) {
  const source = new EncodedVideoPacketSource('avc')
  output.addVideoTrack(source)
  const meta = { decoderConfig: await track.getDecoderConfig() } as EncodedVideoChunkMetadata
  return () =>
    feed<EncodedPacket>(new EncodedPacketSink(track).packets(), zero, source, (packet, at) =>
      source.add(packet.clone({ timestamp: at }), meta),
    )
}

async function soundFeed(output: Output, { track, mode }: NonNullable<CutPlan['sound']>, zero: number) {
  if (mode === 'copy') {
    const source = new EncodedAudioPacketSource('aac')
    output.addAudioTrack(source)
    const meta = { decoderConfig: await track.getDecoderConfig() } as EncodedAudioChunkMetadata
    return () =>
      feed<EncodedPacket>(new EncodedPacketSink(track).packets(), zero, source, (packet, at) =>
        source.add(packet.clone({ timestamp: at }), meta),
      )
  }
  const priming = await prepareAac()
  const { numberOfChannels, sampleRate, quality } = sound
  const source = new AudioSampleSource({ codec: 'aac', quality, transform: { numberOfChannels, sampleRate } })
  output.addAudioTrack(source)
  return () =>
    feed<AudioSample>(new AudioSampleSink(track).samples(), zero + priming, source, async (sample, at) => {
      sample.setTimestamp(at)
      await source.add(sample)
      sample.close()
    })
}

/** Adds the tracks of a file to an output that has not started; the functions open them once it has. */
export async function addTracks(output: Output, { picture, sound: heard, zero }: CutPlan): Promise<(() => Promise<Feed>)[]> {
  return [
    ...(picture ? [await pictureFeed(output, picture, zero)] : []),
    ...(heard ? [await soundFeed(output, heard, zero)] : []),
  ]
}

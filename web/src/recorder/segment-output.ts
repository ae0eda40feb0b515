import { type Init, readInit, readMediaSegment, segmentDurationMs } from '@meanwhile/shared/media/cmaf'
import {
  type AudioEncodingConfig,
  type AudioSource,
  BufferTarget,
  CmafOutputFormat,
  canEncodeAudio,
  canEncodeVideo,
  HlsOutputFormat,
  NullTarget,
  Output,
  PathedTarget,
  Quality,
  type Target,
  type VideoEncodingConfig,
  type VideoSource,
} from 'mediabunny'
import { RecordingError } from './recording-problem.ts'
import { bitsPerSecond, type Segment, segmentSeconds } from './segment.ts'

type Size = { width: number; height: number }
type Sources = {
  makeVideo(config: VideoEncodingConfig): VideoSource
  /** Left out when there is no sound. */
  makeAudio?: ((config: AudioEncodingConfig) => AudioSource) | undefined
}
/** `scale` is true when frames come in another size, so that each must be scaled. */
type Options = Size & Sources & { scale: boolean; emit(segment: Segment): void }
export type SegmentOutput = {
  /** How late the encoder plays the sound that it is given: it begins with this much of silence. */
  primingMs: number
  /** Hands over the last segment. */
  finish(): Promise<void>
  cancel(): Promise<void>
}

const audio = { numberOfChannels: 2, sampleRate: 48_000, quality: new Quality({ bitrate: 128_000 }) }
/** FFmpeg's AAC encoder delays by one frame, and its timestamps do not say so. */
const ownEncoderPrimingMs = (1024 / 48_000) * 1000

/** Encodes picture and sound to H.264 and AAC in one CMAF track, cut at key frames. Throws RecordingError. */
export async function openSegmentOutput({ emit, ...options }: Options): Promise<SegmentOutput> {
  const { width, height, makeAudio } = options
  const quality = new Quality({ bitrate: bitsPerSecond({ width, height }, 'detail') })
  if (!(await canEncodeVideo('avc', { width, height, quality }))) throw new RecordingError('unsupported-browser')
  const ownEncoder = makeAudio ? await needsOwnAacEncoder() : false

  const codecs: Codecs = {}
  const out = inOrder(emit)
  const format = new HlsOutputFormat({
    segmentFormat: new CmafOutputFormat(),
    targetDuration: segmentSeconds,
    live: true,
    maxLiveSegmentCount: 1,
    onInit: (target) =>
      out.init(bytesOf(target), {
        codecs: [codecs.video, codecs.audio].filter((codec) => codec !== undefined).join(','),
        width,
        height,
      }),
    onSegment: (target, { n }) => out.segment(n, bytesOf(target)),
  })
  const makeTarget = ({ path }: { path: string }): Target => (path.endsWith('.m3u8') ? new NullTarget() : new BufferTarget())
  const output = new Output({ format, target: new PathedTarget('main.m3u8', makeTarget) })
  addTracks(output, options, quality, codecs)
  await output.start()
  return {
    primingMs: ownEncoder ? ownEncoderPrimingMs : 0,
    async finish() {
      await output.finalize().finally(out.written)
    },
    cancel: () => output.cancel(),
  }
}

type Codecs = { video?: string; audio?: string }

function addTracks(
  output: Output,
  { width, height, scale, makeVideo, makeAudio }: Omit<Options, 'emit'>,
  quality: Quality,
  codecs: Codecs,
) {
  const video = makeVideo({
    codec: 'avc',
    quality,
    keyFrameInterval: segmentSeconds,
    latencyMode: 'realtime',
    sizeChangeBehavior: 'contain',
    ...(scale ? { transform: { width, height } } : {}),
    onEncodedPacket: (_, meta) => {
      codecs.video ??= meta?.decoderConfig?.codec ?? 'avc1'
    },
  })
  output.addVideoTrack(video)
  if (!makeAudio) return
  const sound = makeAudio({
    codec: 'aac',
    quality: audio.quality,
    onEncodedPacket: (_, meta) => {
      codecs.audio ??= meta?.decoderConfig?.codec ?? 'mp4a.40.2'
    },
  })
  output.addAudioTrack(sound)
}

/** A browser without AAC of its own gets FFmpeg's, compiled to WebAssembly: 1 MB that others never load. */
async function needsOwnAacEncoder(): Promise<boolean> {
  if (await canEncodeAudio('aac', audio)) return false
  const { registerAacEncoder } = await import('@mediabunny/aac-encoder')
  registerAacEncoder()
  return true
}

type Bytes = Uint8Array<ArrayBuffer>

function bytesOf(target: Target): Bytes {
  if (!(target instanceof BufferTarget) || !target.buffer) throw new RecordingError('encoder-failed')
  return new Uint8Array(target.buffer)
}

/** Measures segments by their own boxes, as the server does, and emits them in the order of their numbers. */
function inOrder(emit: (segment: Segment) => void) {
  let init: Init | undefined
  let written = Promise.resolve()
  const source = (bytes: Bytes) => ({
    sizeBytes: bytes.length,
    read: async (offset: number, length: number) => bytes.subarray(offset, offset + length),
  })
  return {
    init(bytes: Bytes, facts: { codecs: string } & Size) {
      written = written.then(async () => {
        init = await readInit(source(bytes))
        emit({ track: 'main', number: 0, bytes, durationMs: 0, ...facts })
      })
    },
    segment(number: number, bytes: Bytes) {
      written = written.then(async () => {
        if (!init) throw new RecordingError('encoder-failed')
        emit({ track: 'main', number, bytes, durationMs: segmentDurationMs(init, await readMediaSegment(source(bytes))) })
      })
    },
    written: () => written,
  }
}

import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import {
  ALL_FORMATS,
  BufferTarget,
  CmafOutputFormat,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  FilePathSource,
  HlsOutputFormat,
  Input,
  NullTarget,
  Output,
  PathedTarget,
  type Target,
} from 'mediabunny'
import { segmentsOf } from './cut.ts'
import { programs, type Segments } from './house.ts'

const bytesOf = (target: Target) => Buffer.from((target as BufferTarget).buffer ?? new ArrayBuffer(0))

const h264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-pix_fmt', 'yuv420p', '-c:a', 'aac']

/** What a browser without an encoder for H.264 sends. */
export const vp9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-pix_fmt', 'yuv420p', '-c:a', 'libopus']

/** `fromS`: when it begins on the clock of the recording. */
type CutOptions = { overlapping?: boolean; fromS?: number; codecs?: string[] }

/**
 * Cuts what ffmpeg makes of `args` with the library and the settings of the browser's recorder; its packets are copied. A browser's
 * encoder gives no packet before zero; `overlapping` keeps those of ffmpeg, which makes segments overlap by a frame of sound.
 */
export async function cutAsRecorder(
  args: string[],
  { overlapping = false, fromS = 0, codecs = h264 }: CutOptions = {},
): Promise<Segments> {
  const dir = await mkdtemp(join(tmpdir(), 'meanwhile-cut-'))
  const file = join(dir, 'whole.mp4')
  const timing = ['-force_key_frames', 'expr:gte(t,n_forced*2)', '-vsync', 'vfr']
  await promisify(execFile)(programs.ffmpegPath, ['-v', 'error', '-nostdin', ...args, ...codecs, ...timing, file])

  const all: Buffer[] = []
  const format = new HlsOutputFormat({
    segmentFormat: new CmafOutputFormat(),
    targetDuration: 2,
    live: true,
    maxLiveSegmentCount: 1,
    onInit: (target) => void all.splice(0, 0, bytesOf(target)),
    onSegment: (target) => void all.push(bytesOf(target)),
  })
  const makeTarget = ({ path }: { path: string }): Target => (path.endsWith('.m3u8') ? new NullTarget() : new BufferTarget())
  const output = new Output({ format, target: new PathedTarget('main.m3u8', makeTarget) })
  const input = new Input({ source: new FilePathSource(file), formats: ALL_FORMATS })
  await copyPackets(input, output, { overlapping, fromS })
  await rm(dir, { recursive: true })
  return segmentsOf(all)
}

async function copyPackets(input: Input, output: Output, { overlapping, fromS }: { overlapping: boolean; fromS: number }) {
  const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()]
  const tracks = []
  if (video) {
    const source = new EncodedVideoPacketSource((await video.getCodec()) ?? 'avc')
    output.addVideoTrack(source)
    tracks.push({ source, sink: new EncodedPacketSink(video), decoderConfig: await video.getDecoderConfig() })
  }
  if (audio) {
    const source = new EncodedAudioPacketSource((await audio.getCodec()) ?? 'aac')
    output.addAudioTrack(source)
    tracks.push({ source, sink: new EncodedPacketSink(audio), decoderConfig: await audio.getDecoderConfig() })
  }
  await output.start()
  await Promise.all(
    tracks.map(async ({ source, sink, decoderConfig }) => {
      for await (const packet of sink.packets())
        if (packet.timestamp >= 0 || overlapping)
          await (source as EncodedVideoPacketSource).add(packet.clone({ timestamp: packet.timestamp + fromS }), {
            decoderConfig,
          } as EncodedVideoChunkMetadata)
      source.close()
    }),
  )
  await output.finalize()
}

import * as z from 'zod'
import { type InputKind, probeArguments, seconds } from './command.ts'
import type { Ffmpeg, RunOptions } from './run.ts'

/** `frameMs` is the usual distance of two frames; sizes are those that are seen, after any rotation. */
export type VideoFacts = { codec: string; width: number; height: number; frameMs: number; startMs: number; endMs: number }
export type AudioFacts = { codec: string; sampleRate: number; channels: number; startMs: number; endMs: number }

/** What ffprobe found in a file; times are on the file's own clock. */
export type MediaFacts = { durationMs: number; video: VideoFacts | null; audio: AudioFacts | null }

const Seconds = z.coerce.number().default(0).catch(0)
const Report = z.object({
  format: z.object({ duration: Seconds }).default({ duration: 0 }),
  streams: z
    .array(
      z.object({
        codec_type: z.string().optional(),
        codec_name: z.string().default('unknown'),
        width: z.int().default(0),
        height: z.int().default(0),
        sample_rate: z.coerce.number().int().default(0).catch(0),
        channels: z.int().default(0),
        avg_frame_rate: z.string().default('0/0'),
        start_time: Seconds,
        duration: Seconds,
        tags: z.object({ rotate: z.string().optional() }).optional(),
        side_data_list: z.array(z.object({ rotation: z.number().optional() })).optional(),
      }),
    )
    .default([]),
})
type Stream = z.infer<typeof Report>['streams'][number]

const entries =
  'format=duration:stream=codec_type,codec_name,width,height,sample_rate,channels,avg_frame_rate,start_time,duration:stream_tags=rotate:stream_side_data=rotation'

function frameMsOf(rate: string) {
  const [frames = 0, seconds = 0] = rate.split('/').map(Number)
  return frames > 0 && seconds > 0 ? (1000 * seconds) / frames : 1000 / 30
}

function videoFacts(stream: Stream): VideoFacts {
  const rotation =
    stream.side_data_list?.find((each) => each.rotation !== undefined)?.rotation ?? Number(stream.tags?.rotate ?? 0)
  const isOnItsSide = Math.abs(rotation) % 180 === 90
  const [width, height] = isOnItsSide ? [stream.height, stream.width] : [stream.width, stream.height]
  return { width, height, frameMs: frameMsOf(stream.avg_frame_rate), ...timesOf(stream) }
}

const timesOf = ({ codec_name, start_time, duration }: Stream) => ({
  codec: codec_name,
  startMs: start_time * 1000,
  endMs: (start_time + duration) * 1000,
})

/** Reads a report of `ffprobe -of json`; the first picture and the first sound count. @throws {z.ZodError | SyntaxError} */
export function readReport(json: string): MediaFacts {
  const { format, streams } = Report.parse(JSON.parse(json))
  const video = streams.find((stream) => stream.codec_type === 'video')
  const audio = streams.find((stream) => stream.codec_type === 'audio')
  return {
    durationMs: format.duration * 1000,
    video: video ? videoFacts(video) : null,
    audio: audio ? { sampleRate: audio.sample_rate, channels: audio.channels, ...timesOf(audio) } : null,
  }
}

/** What is in a file, as its headers say. @throws as `Ffmpeg.probe` */
export async function probeFile(ffmpeg: Ffmpeg, file: string, options: RunOptions, kind: InputKind = 'mp4'): Promise<MediaFacts> {
  let json = ''
  const onLine = (line: string) => {
    json += line
  }
  await ffmpeg.probe(probeArguments(file, kind, ['-show_entries', entries, '-of', 'json']), { ...options, onLine })
  return readReport(json)
}

/** When the first sample of each kind is shown, and the last frame, in ms; null when there is none. */
export type Starts = { video: number | null; audio: number | null; lastVideo: number | null }

/**
 * When the frame that is seen at a moment came: the last one up to it.
 * @param atMs moments on the file's own clock @returns one for each; null where none is found
 * @throws as `Ffmpeg.probe`
 */
export async function standingFrames(
  ffmpeg: Ffmpeg,
  file: string,
  atMs: readonly number[],
  options: RunOptions,
): Promise<(number | null)[]> {
  if (atMs.length === 0) return []
  const frames: number[] = []
  const onLine = (line: string) => {
    const ms = Number.parseFloat(line) * 1000
    if (Number.isFinite(ms)) frames.push(ms)
  }
  // A picture that stands still is repeated far more often than that.
  const around = atMs.map((ms) => `${seconds(Math.max(0, ms - 5_000))}%${seconds(ms + 50)}`).join(',')
  const show = ['-select_streams', 'v:0', '-read_intervals', around, '-show_entries', 'packet=pts_time', '-of', 'csv=p=0']
  await ffmpeg.probe(probeArguments(file, 'mp4', show), { ...options, onLine })
  return atMs
    .map((at) => frames.reduce((last, ms) => (ms <= at + 0.5 && ms > last ? ms : last), Number.NEGATIVE_INFINITY))
    .map((ms) => (Number.isFinite(ms) ? ms : null))
}

/** Reads the samples of a file one by one: the headers of a fragmented file do not know when it begins. @throws as `Ffmpeg.probe` */
export async function probeStarts(ffmpeg: Ffmpeg, file: string, options: RunOptions): Promise<Starts> {
  const starts: Starts = { video: null, audio: null, lastVideo: null }
  const onLine = (line: string) => {
    const [kind, pts] = line.split(',')
    const startMs = Number(pts) * 1000
    if ((kind === 'video' || kind === 'audio') && Number.isFinite(startMs))
      starts[kind] = Math.min(starts[kind] ?? startMs, startMs)
    if (kind === 'video' && Number.isFinite(startMs)) starts.lastVideo = Math.max(starts.lastVideo ?? startMs, startMs)
  }
  const show = ['-show_entries', 'packet=codec_type,pts_time', '-of', 'csv=p=0']
  await ffmpeg.probe(probeArguments(file, 'mp4', show), { ...options, onLine })
  return starts
}

import * as uploads from './upload-formats.ts'

/** One file with the options that stand before it. */
export type FileOptions = { options: string[]; file: string }

/** What ffmpeg is asked to do; `run` lays it out. Files are absolute paths in the task's own folder, or pipes. */
export type Command = { inputs: FileOptions[]; filter?: string; outputs: FileOptions[] }

/** ffmpeg's own name for the frame timing of an output, see `Ffmpeg.timingOption`. */
export type TimingOption = '-fps_mode' | '-vsync'

/** The largest picture: 8192 × 4320, as `shared/media/sample-entry` accepts. */
const maxPixels = 8192 * 4320

/** For our own segments and pictures, and for what people upload: the latter may be coded in more ways. */
const demuxers = { mp4: 'mov,mp4,m4a,3gp,3g2,mj2', jpeg: 'jpeg_pipe', ...uploads.demuxers }
const decoders = { mp4: 'h264,vp9,av1,libdav1d,aac,opus,libopus', jpeg: 'mjpeg', ...uploads.decoders }
const forcedFormat = { mp4: 'mov', jpeg: 'jpeg_pipe', ...uploads.forcedFormat }
export type InputKind = keyof typeof demuxers

/** RELIABILITY rule 10, the part that ffprobe knows too: what may be opened, by what, and how much of it. */
const confined = (kind: InputKind, protocol: 'file' | 'pipe' = 'file') => [
  ...['-protocol_whitelist', protocol, '-format_whitelist', demuxers[kind], '-codec_whitelist', decoders[kind]],
  ...['-max_pixels', String(maxPixels), '-max_streams', '16', '-probesize', '20000000', '-analyzeduration', '20000000'],
  ...['-f', forcedFormat[kind]],
]

const quiet = ['-hide_banner', '-v', 'error', '-max_alloc', String(256 * 1024 ** 2)]
const global = [...quiet, '-nostdin', '-nostats', '-progress', 'pipe:1']

/** An input of another kind than our own. */
export const inputOf = (kind: InputKind, file: string, ...before: string[]): FileOptions => ({
  options: [...confined(kind), ...before],
  file,
})

/** An input; `before` are options that belong to it, such as a seek. */
export const input = (file: string, ...before: string[]): FileOptions => inputOf('mp4', file, ...before)

/** The file descriptor of the child that `RunOptions.feeds` are written to: standard output and error lie between them. */
export const feedDescriptor = (number: number) => (number === 0 ? 0 : number + 2)

/** An input that is fed through a pipe: it can open nothing at all. */
export const fed = (number: number, ...before: string[]): FileOptions => ({
  options: [...confined('mp4', 'pipe'), ...before],
  file: `pipe:${feedDescriptor(number)}`,
})

/**
 * What every output must have: no metadata of the input, no data, no subtitles, an end and a size. With `-copyts`, `durationMs` is when
 * it ends.
 */
export type Caps = { durationMs: number; fileBytes: number }
export const closed = ({ durationMs, fileBytes }: Caps) => [
  ...['-map_metadata', '-1', '-map_chapters', '-1', '-dn', '-sn'],
  // A second more than it should have: an output that is too long is seen, one without an end is not made.
  ...['-t', seconds(durationMs + 1000), '-fs', String(Math.ceil(fileBytes))],
]

export const command = (
  inputs: FileOptions[],
  outputs: FileOptions[],
  { filter, isStrict }: { filter?: string; isStrict?: boolean } = {},
) => {
  // Strict ends at the first error; otherwise a spoilt frame in a recording costs that frame.
  const before = isStrict ? [...global, '-xerror'] : global
  const withGlobal = inputs.map((each, number) => (number === 0 ? { ...each, options: [...before, ...each.options] } : each))
  return { inputs: withGlobal, outputs, ...(filter ? { filter } : {}) } satisfies Command
}

export const seconds = (ms: number) => (ms / 1000).toFixed(3)

/** ffprobe's arguments: `show` says what it prints. */
export const probeArguments = (file: string, kind: InputKind, show: string[]): string[] => [
  ...quiet,
  ...confined(kind),
  ...show,
  '-i',
  `file:${file}`,
]

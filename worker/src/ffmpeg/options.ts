import type { Rung } from '@meanwhile/shared/media/ladder'

/** One file with the options that stand before it. */
export type FileOptions = { options: string[]; file: string }

/** What ffmpeg is asked to do; `run` lays it out. Files are absolute paths in the task's own folder, or pipes. */
export type Command = { inputs: FileOptions[]; filter?: string; outputs: FileOptions[] }

/** ffmpeg's own name for the frame timing of an output, see `Ffmpeg.timingOption`. */
export type TimingOption = '-fps_mode' | '-vsync'

/** The largest picture: 8192 × 4320, as `shared/media/sample-entry` accepts. */
const maxPixels = 8192 * 4320

const demuxers = { mp4: 'mov,mp4,m4a,3gp,3g2,mj2', jpeg: 'jpeg_pipe' }
const decoders = { mp4: 'h264,vp9,av1,libdav1d,aac,opus,libopus', jpeg: 'mjpeg' }
const forcedFormat = { mp4: 'mov', jpeg: 'jpeg_pipe' }
export type InputKind = keyof typeof demuxers

/** RELIABILITY rule 10, the part that ffprobe knows too: what may be opened, by what, and how much of it. */
const confined = (kind: InputKind, protocol: 'file' | 'pipe' = 'file') => [
  ...['-protocol_whitelist', protocol, '-format_whitelist', demuxers[kind], '-codec_whitelist', decoders[kind]],
  ...['-max_pixels', String(maxPixels), '-max_streams', '16', '-probesize', '20000000', '-analyzeduration', '20000000'],
  ...['-f', forcedFormat[kind]],
]

const quiet = ['-hide_banner', '-v', 'error', '-max_alloc', String(256 * 1024 ** 2)]
const global = [...quiet, '-nostdin', '-nostats', '-progress', 'pipe:1']

/** An input; `before` are options that belong to it, such as a seek. */
const input = (file: string, ...before: string[]): FileOptions => ({ options: [...confined('mp4'), ...before], file })

/** The file descriptor of the child that `RunOptions.feeds` are written to: standard output and error lie between them. */
export const feedDescriptor = (number: number) => (number === 0 ? 0 : number + 2)

/** An input that is fed through a pipe: it can open nothing at all. */
const fed = (number: number, ...before: string[]): FileOptions => ({
  options: [...confined('mp4', 'pipe'), ...before],
  file: `pipe:${feedDescriptor(number)}`,
})

/** What every output must have: no metadata of the input, no data, no subtitles, an end and a size. */
export type Caps = { durationMs: number; fileBytes: number }
const closed = ({ durationMs, fileBytes }: Caps) => [
  ...['-map_metadata', '-1', '-map_chapters', '-1', '-dn', '-sn'],
  // A second more than it should have: an output that is too long is seen, one without an end is not made.
  ...['-t', seconds(durationMs + 1000), '-fs', String(Math.ceil(fileBytes))],
]

const command = (
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

/** Which kinds of an input are copied. */
export type CopyInput = { maps: ('v' | 'a')[] }

/**
 * A fast-start MP4 by copying fragmented ones that are fed, so that they need no room. Times stay as they are (`-copyts`): tracks on
 * one clock stay together, and an encoder's priming stays before zero, where players skip it; `startMs` is what becomes zero. A sample
 * that overlaps the one before it is moved by a tick, not refused: what comes out is looked at.
 */
export function copyToMp4(inputs: CopyInput[], startMs: number, output: string, caps: Caps): Command {
  const moved = startMs === 0 ? [] : ['-itsoffset', seconds(-startMs)]
  return command(
    inputs.map((_, number) => fed(number, ...moved)),
    [
      {
        file: output,
        options: [
          ...inputs.flatMap(({ maps }, number) => maps.flatMap((kind) => ['-map', `${number}:${kind}:0`])),
          ...['-copyts', '-c', 'copy', ...closed(caps), '-movflags', '+faststart', '-f', 'mp4'],
        ],
      },
    ],
  )
}

/**
 * Fragmented MP4 by copying, a fragment a key frame: an init segment and HLS segments in one file. A track that begins later says
 * so by the time of its first fragment (`frag_discont`): players ignore the empty edit that ffmpeg would write instead.
 */
export const copyToFragments = (file: string, hasAudio: boolean, output: string, caps: Caps): Command =>
  command(
    [input(file)],
    [
      {
        file: output,
        options: [
          ...['-map', '0:v:0', ...(hasAudio ? ['-map', '0:a:0'] : []), '-c', 'copy', ...closed(caps)],
          ...['-movflags', '+frag_keyframe+delay_moov+default_base_moof+frag_discont', '-f', 'mp4'],
        ],
      },
    ],
  )

/** Decodes up to `ms` from each start, and fails at the first error or when nothing comes out. */
export const decode = (
  pieces: { file: string; fromMs: number }[],
  kinds: ('v' | 'a')[],
  ms: number,
  timing: TimingOption,
): Command =>
  command(
    // Not accurate: from the key frame on. A picture that stands still may have no frame after the moment itself.
    pieces.map(({ file, fromMs }) => input(file, '-err_detect', 'explode', '-noaccurate_seek', '-ss', seconds(fromMs))),
    pieces.map((_, number) => ({
      file: '-',
      options: [
        ...['-abort_on', 'empty_output', ...kinds.flatMap((kind) => ['-map', `${number}:${kind}:0`])],
        ...closed({ durationMs: ms - 1000, fileBytes: 1024 ** 3 }),
        ...[timing, 'passthrough', '-f', 'null'],
      ],
    })),
    { isStrict: true },
  )

/** One JPEG out of `filter`. */
const still = (source: FileOptions, filter: string, quality: number, output: string, timing: TimingOption) =>
  command(
    [source],
    [
      {
        file: output,
        options: [
          ...['-map', '0:v:0', '-an', ...closed({ durationMs: 10_000, fileBytes: 32 * 1024 ** 2 }), timing, 'vfr'],
          ...['-vf', filter, '-frames:v', '1', '-q:v', String(quality), '-f', 'mjpeg'],
        ],
      },
    ],
  )

/** One JPEG of the frame that is most like the thirty frames after a moment, so that a flash of black is not taken. */
export const poster = (
  file: string,
  fromMs: number,
  { width, height }: { width: number; height: number },
  output: string,
  timing: TimingOption,
): Command =>
  still(input(file, '-ss', seconds(fromMs)), `scale=${width}:${height}:flags=bicubic,setsar=1,thumbnail=30`, 4, output, timing)

/** How a sprite sheet is laid out: tiles from left to right, then down; one every `intervalMs`. */
export type Sheet = { columns: number; rows: number; tileWidth: number; tileHeight: number; intervalMs: number; tiles: number }

/** One JPEG with a tile every `intervalMs`, from key frames alone; the last one is repeated to the end. */
export const storyboard = (file: string, sheet: Sheet, output: string, timing: TimingOption): Command => {
  const every = `fps=1000/${sheet.intervalMs}:start_time=0:eof_action=pass`
  const tile = `scale=${sheet.tileWidth}:${sheet.tileHeight}:flags=bilinear,setsar=1`
  const fill = `tpad=stop_mode=clone:stop=${sheet.tiles},tile=${sheet.columns}x${sheet.rows}`
  return still(input(file, '-skip_frame', 'nokey'), `${every},${tile},${fill}`, 5, output, timing)
}

/** One rung of the ladder, to be written as a fast-start MP4. */
export type RungOutput = Rung & { file: string; fileBytes: number }
export type RungAudio = 'none' | 'copy' | 'encode'

/** A key frame this often: half the bytes of one every second, and still quick to seek. */
export const keyFrameSeconds = 4

/** One decode; each rung is scaled from the one above it (1.6 × the speed of a run a rung, PERFORMANCE §2.5). */
export function renditions(
  file: string,
  rungs: RungOutput[],
  audio: RungAudio,
  durationMs: number,
  timing: TimingOption,
): Command {
  return command(
    [input(file)],
    rungs.map((rung) => ({
      file: rung.file,
      options: [
        ...['-map', `[${rung.name}]`, ...(audio === 'none' ? [] : ['-map', '0:a:0', '-c:a'])],
        ...(audio === 'copy' ? ['copy'] : audio === 'encode' ? ['aac', '-b:a', '128k'] : []),
        ...closed({ durationMs, fileBytes: rung.fileBytes }),
        ...[timing, 'vfr', ...x264(rung), '-movflags', '+faststart', '-f', 'mp4'],
      ],
    })),
    { filter: cascade(rungs) },
  )
}

const x264 = ({ bitsPerSecond }: Rung) => [
  ...['-c:v', 'libx264', '-preset', 'veryfast', '-tune', 'animation', '-crf', '23', '-pix_fmt', 'yuv420p'],
  ...['-maxrate', String(bitsPerSecond), '-bufsize', String(bitsPerSecond * 2)],
  // By time and not by number: frames come at any distance. `-g` is only above what 4 s can hold.
  ...['-force_key_frames', `expr:gte(t,n_forced*${keyFrameSeconds})`, '-g', '600', '-sc_threshold', '0'],
  // The exact times of the source, which a time base of one frame would round.
  ...['-enc_time_base', '1:90000'],
]

/** Frames that follow within 11 ms are left out: at most 90 a second, never a constant rate (RELIABILITY §0.4). */
const notTooMany = `select='isnan(prev_selected_t)+gte(t-prev_selected_t,0.011)'`

function cascade(rungs: Rung[]): string {
  return rungs
    .map(({ name, width, height }, number) => {
      const from = number === 0 ? `[0:v:0]${notTooMany},` : `[below${number}]`
      const scaled = `${from}scale=${width}:${height}:flags=bicubic,setsar=1,format=yuv420p`
      return number === rungs.length - 1 ? `${scaled}[${name}]` : `${scaled},split=2[${name}][below${number + 1}]`
    })
    .join(';')
}

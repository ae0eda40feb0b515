import type { Range } from '@meanwhile/shared/media/cuts'
import { type Caps, type Command, closed, command, type FileOptions, fed, input, seconds, type TimingOption } from './command.ts'

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

/** The sound alone by copying, in a fast-start file. */
export const copySound = (file: string, output: string, caps: Caps): Command =>
  command(
    [input(file)],
    [{ file: output, options: ['-map', '0:a:0', '-c', 'copy', ...closed(caps), '-movflags', '+faststart', '-f', 'mp4'] }],
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

/**
 * One JPEG of the frame that is most like the thirty frames after a moment, so that a flash of black is not taken; none after `toMs`.
 */
export const poster = (
  file: string,
  [fromMs, toMs]: Range,
  { width, height }: { width: number; height: number },
  output: string,
  timing: TimingOption,
): Command =>
  still(
    input(file, '-ss', seconds(fromMs), '-t', seconds(toMs - fromMs)),
    `scale=${width}:${height}:flags=bicubic,setsar=1,thumbnail=30`,
    4,
    output,
    timing,
  )

/** How a sprite sheet is laid out: tiles from left to right, then down; one every `intervalMs`. */
export type Sheet = { columns: number; rows: number; tileWidth: number; tileHeight: number; intervalMs: number; tiles: number }

/**
 * One JPEG with a tile every `intervalMs`, from key frames alone; the last one is repeated to the end, and over what is cut out. Of that
 * nothing is shown: there may be no picture at all.
 */
export const storyboard = (file: string, sheet: Sheet, cuts: readonly Range[], output: string, timing: TimingOption): Command => {
  const cut = cuts.map(([from, to]) => `gte(t,${seconds(from)})*lt(t,${seconds(to)})`).join('+')
  const kept = cuts.length > 0 ? `select='not(${cut})',` : ''
  const every = `fps=1000/${sheet.intervalMs}:start_time=0:eof_action=pass`
  const tile = `scale=${sheet.tileWidth}:${sheet.tileHeight}:flags=bilinear,setsar=1`
  const fill = `tpad=stop_mode=clone:stop=${sheet.tiles},tile=${sheet.columns}x${sheet.rows}`
  return still(input(file, '-skip_frame', 'nokey'), `${kept}${every},${tile},${fill}`, 5, output, timing)
}

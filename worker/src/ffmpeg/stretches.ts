import { aac, fastStart, insteadOfPriming, type Quality, x264 } from './coders.ts'
import { type Caps, type Command, closed, command, fed, seconds, type TimingOption } from './command.ts'
import { withoutGaps } from './watched.ts'

export type Size = { width: number; height: number }

/** H.264 levels (Annex A) by the macroblocks of a picture: said, not guessed from the rate of frames, so that all pieces say the same. */
const levels: [blocks: number, level: string][] = [
  [8_192, '4.2'],
  [36_864, '5.2'],
  [Number.POSITIVE_INFINITY, '6.2'],
]
const blocksOf = ({ width, height }: Size) => Math.ceil(width / 16) * Math.ceil(height / 16)
const levelOf = (size: Size) => levels.find(([blocks]) => blocksOf(size) <= blocks)?.[1] ?? '6.2'

/**
 * Fragments that can be put behind others: an absolute time is written into each (with `use_editlist`, `frag_discont` counts from zero
 * and not from the first frame), and there is no index at the end.
 * @param perKeyFrame a fragment for each, or one for all
 */
export const timedFragments = (perKeyFrame: boolean) => [
  ...['-movflags', `${perKeyFrame ? '+frag_keyframe' : ''}+empty_moov+default_base_moof+frag_discont+skip_trailer`],
  ...['-use_editlist', '1', '-f', 'mp4'],
]

/**
 * The picture of a stretch that is fed, in H.264 and in a size: fitted in, black around it. All pieces of a recording are coded alike,
 * so that one init segment describes them all, and each says when it is shown. No frame refers to a later one: nothing of a piece is
 * decoded before its first moment.
 * @param startMs what becomes zero of the recording's clock
 */
export function encodePiece(size: Size & Quality, startMs: number, output: string, caps: Caps, timing: TimingOption): Command {
  const { width, height } = size
  const fit = `scale=${width}:${height}:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=bicubic`
  const pad = `pad=${width}:${height}:(ow-iw)/2:(oh-ih)/2,setsar=1,format=yuv420p`
  return command(
    [fed(0, '-itsoffset', seconds(-startMs))],
    [
      {
        file: output,
        options: [
          ...['-map', '0:v:0', '-an', '-copyts', '-vf', `${fit},${pad}`, ...closed(caps), timing, 'vfr'],
          ...[...x264(size), '-bf', '0', '-level', levelOf(size), '-video_track_timescale', '90000'],
          ...timedFragments(true),
        ],
      },
    ],
  )
}

/**
 * A fast-start MP4 of pieces that are fed one behind the other, and of the sound: each further input is sound that is coded alike and
 * goes on. One that everything plays is copied; otherwise all are encoded, with silence from the end of one to the beginning of the next.
 * @param soundMs when each input of sound begins, on the clock of what comes out
 * @param startMs what becomes zero of the clock of the sound; the pieces have that zero already
 */
export function joinPieces(
  hasPicture: boolean,
  { soundMs, isCopied }: { soundMs: number[]; isCopied: boolean },
  startMs: number,
  output: string,
  caps: Caps,
): Command {
  const first = hasPicture ? 1 : 0
  const copied = ['-map', `${first}:a:0`, '-c:a', 'copy']
  const encoded = ['-map', '[sound]', '-c:a', ...aac]
  return command(
    [...(hasPicture ? [fed(0)] : []), ...soundMs.map((_, number) => fed(first + number, '-itsoffset', seconds(-startMs)))],
    [
      {
        file: output,
        options: [
          ...(hasPicture ? ['-map', '0:v:0', '-c:v', 'copy'] : []),
          ...(soundMs.length === 0 ? [] : isCopied ? copied : encoded),
          ...['-copyts', ...closed(caps), ...fastStart],
        ],
      },
    ],
    soundMs.length === 0 || isCopied ? {} : { filter: oneSound(soundMs, first) },
  )
}

function oneSound(soundMs: number[], first: number): string {
  const even = (number: number) =>
    `[${first + number}:a:0]aresample=48000,${withoutGaps},aformat=sample_fmts=fltp:channel_layouts=stereo`
  const [startMs = 0] = soundMs
  if (soundMs.length === 1) return `${even(0)},${insteadOfPriming}[sound]`
  const placed = soundMs.map((ms, number) => {
    const next = soundMs[number + 1]
    const room = next === undefined ? '' : `,apad=whole_dur=${seconds(next - ms)},atrim=end=${seconds(next - ms)}`
    return `${even(number)},asetpts=PTS-STARTPTS${room}[placed${number}]`
  })
  const labels = soundMs.map((_, number) => `[placed${number}]`).join('')
  return [
    ...placed,
    `${labels}concat=n=${soundMs.length}:v=0:a=1,asetpts=PTS+${seconds(startMs)}/TB,${insteadOfPriming}[sound]`,
  ].join(';')
}

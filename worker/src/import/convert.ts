import { type Command, closed, command, inputOf, seconds, type TimingOption } from '../ffmpeg/command.ts'
import type { Container } from './container.ts'
import type { Jump, PicturePlan, Plan, SoundPlan } from './plan.ts'

/** What this ffmpeg calls the timing of frames, and whether it can bring a picture of high contrast down to a common screen. */
export type Abilities = { timingOption: TimingOption; mapsTones: boolean }

/** As the recorder: 1080p, in either direction; a larger picture is made smaller only when it is encoded anyway. */
export function encodedSize({ width, height, rotation }: { width: number; height: number; rotation: number }) {
  const [wide, high] = Math.abs(rotation) % 180 === 90 ? [height, width] : [width, height]
  const scale = Math.min(1, 1920 / Math.max(wide, high), 1200 / Math.min(wide, high))
  const even = (side: number) => Math.max(2, Math.round((side * scale) / 2) * 2)
  return { width: even(wide), height: even(high) }
}

/** At most this many bits a second, whatever moves: four times what a recording of that size has. */
export const mostBitsPerSecond = ({ width, height }: { width: number; height: number }) =>
  Math.max(2_000_000, Math.round(11_000_000 * ((width * height) / (1920 * 1080)) ** 0.75))

/** Moves what comes behind a jump of the clock to where it belongs. */
const joined = (jumps: Jump[]) =>
  jumps.map(({ atMs, lengthMs }) => `-gte(T,${seconds(atMs + lengthMs - 1)})*${seconds(lengthMs)}/TB`).join('')

/** Frames that follow within 15 ms are left out: at most 66 a second, never a constant rate (RELIABILITY B30). */
const notTooMany = `select='isnan(prev_selected_t)+gte(t-prev_selected_t,0.015)'`

const toneMapping = [
  'zscale=t=linear:npl=100',
  'format=gbrpf32le',
  'zscale=p=bt709',
  'tonemap=tonemap=hable:desat=0',
  'zscale=t=bt709:m=bt709:r=tv',
].join(',')

/** The filters of a picture that is encoded: upright (ffmpeg turns it before), eight bits, even sides, square pixels. */
function pictureFilter({ stream, lateMs, tailMs, ticks }: PicturePlan, jumps: Jump[], mapsTones: boolean): string {
  const { width, height } = encodedSize(stream)
  const late = `setpts=PTS-STARTPTS,tpad=start_mode=clone:start_duration=${seconds(lateMs)}`
  return [
    ...(jumps.length > 0 ? [`setpts='PTS${joined(jumps)}'`] : []),
    ...(stream.isInterlaced ? ['yadif'] : []),
    ...(lateMs > 0 ? [late] : []),
    ...(tailMs > 0 ? [`tpad=stop_mode=clone:stop_duration=${seconds(tailMs)}`] : []),
    notTooMany,
    `scale=${width}:${height}:flags=bicubic`,
    ...(stream.isHdr && mapsTones ? [toneMapping] : []),
    'setsar=1,format=yuv420p',
    // Beside the frames as they come, the last one again twice a second: a tick is never later than what it shows.
    ...(ticks ? ['split[own][still];[still]fps=2:round=up[tick];[own][tick]interleave'] : []),
  ].join(',')
}

const x264 = ({ stream }: PicturePlan) => {
  const size = encodedSize(stream)
  const most = mostBitsPerSecond(size)
  // x264 would guess it from a frame rate that there is not: 4.2 is 1080p at 64 frames a second.
  const level = Math.ceil(size.width / 16) * Math.ceil(size.height / 16) <= 8704 ? '4.2' : '5.1'
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '21', '-profile:v', 'high', '-level:v', level, '-pix_fmt', 'yuv420p'],
    ...['-maxrate', String(most), '-bufsize', String(most * 2)],
    ...['-force_key_frames', 'expr:gte(t,n_forced*2)', '-g', '300', '-sc_threshold', '0'],
    // Frames that come at any distance are not reordered: their segments would not last as long as they say.
    ...['-bf', '0'],
    // The exact times of the source, which a time base of one frame would round.
    ...['-enc_time_base', '1:90000', '-video_track_timescale', '90000'],
  ]
}

/** Silence for gaps, at the beginning and up to the end of the picture. */
const soundFilter = ({ endMs }: SoundPlan, jumps: Jump[]) =>
  [
    ...(jumps.length > 0 ? [`asetpts='PTS${joined(jumps)}'`] : []),
    'aresample=48000:async=1000:first_pts=0',
    // The encoder begins a frame earlier than what it is given: with that, it begins at zero.
    'atrim=start_sample=1024',
    `apad=whole_len=${Math.round((endMs / 1000) * 48_000)}`,
  ].join(',')

const pictureOptions = (plan: PicturePlan, jumps: Jump[], { timingOption, mapsTones }: Abilities) =>
  plan.mode === 'copy'
    ? ['-c:v', 'copy', '-tag:v', 'avc1']
    : ['-vf', pictureFilter(plan, jumps, mapsTones), timingOption, 'vfr', ...x264(plan)]

const soundOptions = (plan: SoundPlan, jumps: Jump[], container: Container) =>
  plan.mode === 'copy'
    ? // What an encoder needs to begin with lies before zero: players would be moved by it.
      ['-c:a', 'copy', '-copypriorss:a', '0', ...(container === 'adts' ? ['-bsf:a', 'aac_adtstoasc'] : [])]
    : [
        '-af',
        soundFilter(plan, jumps),
        '-c:a',
        'aac',
        '-b:a',
        '160k',
        '-ac',
        plan.stream.channels === 1 ? '1' : '2',
        '-ar',
        '48000',
      ]

/**
 * An uploaded file as one fragmented MP4 whose fragments are the segments: each about two seconds, from a key frame on. The clock
 * of the result begins at zero, and picture and sound keep their distance on it.
 */
export function convert(
  file: string,
  container: Container,
  { picture, sound, zeroMs, jumps, durationMs }: Plan,
  output: string,
  fileBytes: number,
  abilities: Abilities,
): Command {
  const movedBack = ['-fflags', '+discardcorrupt', '-itsoffset', seconds(-zeroMs)]
  return command(
    [inputOf(`upload-${container}`, file, ...movedBack)],
    [
      {
        file: output,
        options: [
          ...(picture ? ['-map', `0:${picture.stream.index}`] : []),
          ...(sound ? ['-map', `0:${sound.stream.index}`] : []),
          ...['-copyts', ...(picture ? pictureOptions(picture, jumps, abilities) : [])],
          ...(sound ? soundOptions(sound, jumps, container) : []),
          ...closed({ durationMs, fileBytes }),
          // Sound waits for the picture, however late a frame comes: it belongs into the segment of its own time.
          ...[
            '-max_interleave_delta',
            '0',
            '-max_muxing_queue_size',
            '100000',
            '-movflags',
            '+frag_keyframe+delay_moov+default_base_moof+frag_discont+skip_trailer',
          ],
          ...['-min_frag_duration', '1900000', ...(picture ? [] : ['-frag_duration', '2000000'])],
          ...['-fflags', '+bitexact', '-f', 'mp4'],
        ],
      },
    ],
  )
}

import type { Range } from '@meanwhile/shared/media/cuts'
import { fastStart, x264 } from './coders.ts'
import { type Command, closed, command, input, seconds, type TimingOption } from './command.ts'
import { type Watched, watchedPicture } from './watched.ts'

/** A frame that stands was repeated within that time. */
const leadMs = 5_000
/** At most 15 frames a second. */
const few = `select='isnan(prev_selected_t)+gte(t-prev_selected_t,0.066)'`
const quality = { bitsPerSecond: 800_000, crf: 28 }

/** The most that a preview can have. */
export const previewBytes = 4 * 1024 ** 2

/**
 * A range of a recording as it is watched, small and without sound. Only that range is decoded, and what may stand when it begins.
 * @param watched everything but the range is cut out of it
 */
export function preview(
  files: string[],
  watched: Watched,
  [fromMs, toMs]: Range,
  { width, height }: { width: number; height: number },
  output: string,
  timing: TimingOption,
): Command {
  const start = Math.max(0, fromMs - leadMs)
  return command(
    files.map((file) => input(file, '-copyts', '-ss', seconds(start), '-t', seconds(toMs - start))),
    [
      {
        file: output,
        options: [
          ...['-map', '[preview]', '-an', ...closed({ durationMs: toMs - fromMs, fileBytes: previewBytes })],
          ...[timing, 'vfr', ...x264(quality), ...fastStart],
        ],
      },
    ],
    { filter: `${watchedPicture(watched)},${few},scale=${width}:${height}:flags=bicubic,setsar=1,format=yuv420p[preview]` },
  )
}

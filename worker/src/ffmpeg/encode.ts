import type { Rung } from '@meanwhile/shared/media/ladder'
import { aac, fastStart, insteadOfPriming, type Quality, x264 } from './coders.ts'
import { type Command, closed, command, input, type TimingOption } from './command.ts'
import { type Heard, type Watched, watchedPicture, watchedSound } from './watched.ts'

/** One rung of the ladder, to be written as a fast-start MP4. */
export type RungOutput = Rung & Quality & { file: string; fileBytes: number }

/** What becomes of the sound; what is cut is left out of sound that is encoded. */
export type RungAudio = 'none' | 'copy' | 'encode'

/** Each rung is scaled from the one above it (1.6 × the speed of a run a rung, PERFORMANCE §2.5). */
function cascade(picture: string, rungs: Rung[]): string {
  return rungs
    .map(({ name, width, height }, number) => {
      const from = number === 0 ? `${picture},` : `[below${number}]`
      const scaled = `${from}scale=${width}:${height}:flags=bicubic,setsar=1,format=yuv420p`
      return number === rungs.length - 1 ? `${scaled}[${name}]` : `${scaled},split=2[${name}][below${number + 1}]`
    })
    .join(';')
}

/** Names of the encoded sound, one an output; a label of a filter can be used once. */
const soundLabels = (count: number) => Array.from({ length: count }, (_, number) => `[sound${number}]`)
const heardAs = (heard: Heard, labels: string[]) =>
  `${watchedSound(heard)},${insteadOfPriming},asplit=${labels.length}${labels.join('')}`

/**
 * A recording as it is watched, in one decode: input 0 is the original, input 1 the camera where it lies in the picture.
 * @param durationMs how long what comes out is
 */
export function renditions(
  files: string[],
  watched: Watched,
  rungs: RungOutput[],
  audio: RungAudio,
  durationMs: number,
  timing: TimingOption,
): Command {
  const sounds = audio === 'encode' ? soundLabels(rungs.length) : []
  const sound = (number: number) => {
    if (audio === 'none') return []
    return ['-map', sounds[number] ?? '0:a:0', '-c:a', ...(audio === 'copy' ? ['copy'] : aac)]
  }
  return command(
    // Without it each input would be moved to begin at zero, and the camera would come too early.
    files.map((file) => input(file, ...(files.length > 1 ? ['-copyts'] : []))),
    rungs.map((rung, number) => ({
      file: rung.file,
      options: [
        ...['-map', `[${rung.name}]`, ...sound(number), ...closed({ durationMs, fileBytes: rung.fileBytes })],
        ...[timing, 'vfr', ...x264(rung), ...fastStart],
      ],
    })),
    {
      filter: [cascade(watchedPicture(watched), rungs), ...(sounds.length > 0 ? [heardAs(watched, sounds)] : [])].join(';'),
    },
  )
}

/** Sound alone, as it is heard: AAC in a fast-start MP4. */
export const soundWithoutCuts = (
  file: string,
  heard: Heard,
  output: string,
  caps: { durationMs: number; fileBytes: number },
): Command =>
  command([input(file)], [{ file: output, options: ['-map', '[sound]', '-c:a', ...aac, ...closed(caps), ...fastStart] }], {
    filter: `${watchedSound(heard)},${insteadOfPriming}[sound]`,
  })

import { type Command, closed, command, input } from './command.ts'
import { onRecordedClock } from './watched.ts'

/** In Hz: enough to tell speech from noise. */
export const heardRate = 8_000
/** In Hz: what models of speech are trained on. */
export const speechRate = 16_000

/** Bytes of a mono sound of 16 bits. */
export const rawBytes = (sampleRate: number, durationMs: number): number => Math.ceil((durationMs / 1000) * sampleRate) * 2

type Sound = { file: string; startMs: number; durationMs: number }

const raw = ['-f', 's16le']
const spare = 16 * 1024 ** 2

/** A path in an option of a filter, and that in a graph: each of the two has characters of its own. */
const inGraph = (path: string) => path.replaceAll(/[\\':]/g, '\\$&').replaceAll(/[\\'[\],;]/g, '\\$&')

/** About as much as `ebur128` says of a tenth of a second. */
const reportBytes = (durationMs: number) => (durationMs / 100) * 500

/** The most that `listen` writes into one file. */
export const heardBytes = (durationMs: number): number =>
  Math.max(rawBytes(heardRate, durationMs), reportBytes(durationMs)) + spare

/**
 * All that is measured of a sound in one decode: its loudness (EBU R 128) as a report, and raw samples of what speech lies in. One channel
 * is heard from two loudspeakers, and so counts twice.
 * @param sound `startMs` is when it begins on the recorded clock
 */
export function listen({ file, startMs, durationMs }: Sound, report: string, samples: string): Command {
  const caps = closed({ durationMs, fileBytes: heardBytes(durationMs) })
  return command(
    [input(file)],
    [
      { file: '-', options: ['-map', '[measured]', ...caps, '-f', 'null'] },
      { file: samples, options: ['-map', '[samples]', ...caps, ...raw] },
    ],
    {
      filter: [
        `[0:a:0]${onRecordedClock(startMs)},aformat=channel_layouts=mono|stereo,asplit=2[all][speech]`,
        `[all]ebur128=peak=true:metadata=1:dualmono=true,ametadata=mode=print:file=${inGraph(report)}[measured]`,
        `[speech]highpass=f=80,aresample=${heardRate},aformat=sample_fmts=s16:channel_layouts=mono[samples]`,
      ].join(';'),
    },
  )
}

/** The sound of a recording as raw samples for a model of speech, on the recorded clock. */
export const speechOf = ({ file, startMs, durationMs }: Sound, samples: string): Command =>
  command(
    [input(file)],
    [
      {
        file: samples,
        options: [
          ...['-map', '[speech]', ...closed({ durationMs, fileBytes: rawBytes(speechRate, durationMs) + spare }), ...raw],
        ],
      },
    ],
    { filter: `[0:a:0]${onRecordedClock(startMs)},aresample=${speechRate},aformat=sample_fmts=s16:channel_layouts=mono[speech]` },
  )

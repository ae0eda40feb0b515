import { StageFailure } from './failure.ts'
import { quickRun } from './ffmpeg/limits.ts'
import { decode } from './ffmpeg/options.ts'
import { type MediaFacts, probeFile } from './ffmpeg/probe.ts'
import type { Work } from './stages/stage.ts'

/** What a file should be: see `MediaFacts`. */
export type Expected = {
  durationMs: number
  video: { width: number; height: number; frameMs: number; startMs: number } | null
  audio: { startMs: number } | null
  /** Where stretches were joined. */
  joinsMs?: number[]
}

/** How far apart picture and sound may begin from where they begin in the source. */
const startToleranceMs = 100
/** A container does not always say how long the last frame stands; a recorder repeats a still picture this often. */
const lastFrameMs = 300

/** Each is an input of one run. */
const mostJoins = 12

const wrong = (what: string) => new StageFailure(`The file that came out is not right: ${what}.`, { isFinal: false })
const whole = (ms: number) => `${Math.round(ms)} ms`

/** The first thing in which a file differs from what it should be, as a sentence; null when it is right. */
export function differenceFrom(expected: Expected, made: MediaFacts): string | null {
  const { video, audio } = made
  if (Boolean(video) !== Boolean(expected.video)) return video ? 'it has a picture' : 'its picture is missing'
  if (Boolean(audio) !== Boolean(expected.audio)) return audio ? 'it has sound' : 'its sound is missing'
  if (video && expected.video && (video.width !== expected.video.width || video.height !== expected.video.height))
    return `its picture is ${video.width} × ${video.height} instead of ${expected.video.width} × ${expected.video.height}`
  const tolerance = expected.video ? Math.max(lastFrameMs, expected.video.frameMs) : 50
  if (Math.abs(made.durationMs - expected.durationMs) > tolerance)
    return `it lasts ${whole(made.durationMs)} instead of ${whole(expected.durationMs)}`
  if (!video || !audio || !expected.video || !expected.audio) return null
  const shift = video.startMs - audio.startMs - (expected.video.startMs - expected.audio.startMs)
  return Math.abs(shift) > startToleranceMs ? `its picture and sound have moved apart by ${whole(Math.abs(shift))}` : null
}

/** Which kinds of stream there are; facts about them will do. */
export type Kinds = { video: unknown; audio: unknown }
const kindsOf = ({ video, audio }: Kinds) => [...(video ? (['v'] as const) : []), ...(audio ? (['a'] as const) : [])]

/** Decodes some seconds from each start. @throws {FfmpegError} at the first error in them */
export async function decodeSome(
  work: Pick<Work, 'dir' | 'signal' | 'ffmpeg'>,
  pieces: { file: string; fromMs: number }[],
  has: Kinds,
) {
  await work.ffmpeg.run(decode(pieces, kindsOf(has), 2_000, work.ffmpeg.timingOption), quickRun(work))
}

/**
 * Looks at an MP4 that we made before anybody gets it, because ffmpeg's exit code 0 proves nothing (RELIABILITY rule 14): its
 * size and length, its beginning, middle and end, and the first joins. @returns what is in it @throws {StageFailure} when it is not as expected
 */
export async function verifyMp4(work: Work, file: string, expected: Expected): Promise<MediaFacts> {
  const made = await probeFile(work.ffmpeg, file, quickRun(work))
  const difference = differenceFrom(expected, made)
  if (difference) throw wrong(difference)
  const joinsMs = (expected.joinsMs ?? []).slice(0, mostJoins).map((ms) => ms + 50)
  const fromMs = [0, made.durationMs / 2, Math.max(0, made.durationMs - 2_000), ...joinsMs]
  await decodeSome(
    work,
    fromMs.map((ms) => ({ file, fromMs: ms })),
    expected,
  ).catch((error) => {
    work.log.warn({ err: error }, 'a file that was made cannot be decoded')
    work.signal.throwIfAborted()
    throw wrong('it cannot be played at its beginning, middle or end')
  })
  return made
}

import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ladder, type Rung } from '@meanwhile/shared/media/ladder'
import { type Composition, readComposition, soundOf } from '../composition.ts'
import { StageFailure } from '../failure.ts'
import { sizeLimit } from '../ffmpeg/coders.ts'
import { type RungOutput, renditions as renditionsCommand, soundWithoutCuts } from '../ffmpeg/encode.ts'
import { copyRun, decodeRun, fractionOf, quickRun } from '../ffmpeg/limits.ts'
import * as options from '../ffmpeg/options.ts'
import { type MediaFacts, probeFile } from '../ffmpeg/probe.ts'
import { fileBytes } from '../file-bytes.ts'
import { indexFragments } from '../fragment-index.ts'
import { decodeSome, verifyMp4 } from '../verify.ts'
import type { Made, Work } from './stage.ts'

/** The share of the time that encoding takes; copying and looking at what came out are the rest. */
const encodingShare = 0.95
/** Recording, watching and the originals of others come first. */
const niceness = 10

async function readIndex(file: string, durationMs: number) {
  const handle = await open(file)
  try {
    return await indexFragments(await fileBytes(handle), durationMs)
  } finally {
    await handle.close()
  }
}

/** The same samples again as HLS segments in one file. */
async function segmentsOf(work: Work, { name }: Rung, file: string, { audio, durationMs }: MediaFacts) {
  const hls = join(work.dir, `${name}-hls.mp4`)
  const run = copyRun(work, (await stat(file)).size)
  await work.ffmpeg.run(options.copyToFragments(file, audio !== null, hls, { durationMs, fileBytes: run.fileBytes }), run)
  const { index, codecs } = await readIndex(hls, durationMs)
  return { hls: { file: hls, index }, codecs }
}

/** Encodes a composition once, into one file a rung. */
export async function encodeRungs(work: Work, composition: Composition, rungs: RungOutput[]): Promise<void> {
  const { files, watched, facts, expected } = composition
  const { durationMs } = expected
  await work.ffmpeg.run(renditionsCommand(files, watched, rungs, soundOf(composition), durationMs, work.ffmpeg.timingOption), {
    // All of it is decoded, whatever is cut.
    ...decodeRun(work, facts.durationMs, Math.max(...rungs.map(({ fileBytes }) => fileBytes))),
    niceness,
    onLine: fractionOf(durationMs, (fraction) => work.onProgress(encodingShare * fraction)),
  })
}

/** Looks at a rung that was encoded. @returns what is in it */
export const verifyRung = (work: Work, { file, width, height }: RungOutput, { expected }: Composition): Promise<MediaFacts> =>
  verifyMp4(work, file, { ...expected, video: expected.video && { ...expected.video, width, height } })

async function finish(work: Work, rung: RungOutput, composition: Composition): Promise<Made> {
  const { name, file, width, height } = rung
  const made = await verifyRung(work, rung, composition)
  return { name, file, width, height, durationMs: Math.round(made.durationMs), ...(await segmentsOf(work, rung, file, made)) }
}

/** The sound alone, for whoever listens and does not watch. */
async function soundFile(work: Work, composition: Composition): Promise<Made[]> {
  const { files, watched, facts, expected } = composition
  const [source = ''] = files
  const sound = soundOf(composition)
  if (sound === 'none') return []
  const file = join(work.dir, 'audio.m4a')
  const caps = { durationMs: expected.durationMs, fileBytes: sizeLimit({ bitsPerSecond: 0 }, expected.durationMs) }
  const command = sound === 'copy' ? options.copySound(source, file, caps) : soundWithoutCuts(source, watched, file, caps)
  await work.ffmpeg.run(command, { ...decodeRun(work, facts.durationMs, caps.fileBytes), niceness })
  const made = await probeFile(work.ffmpeg, file, quickRun(work))
  if (!made.audio) throw new StageFailure('The sound of the recording could not be made into a file.', { isFinal: false })
  await decodeSome(work, [{ file, fromMs: 0 }], { video: null, audio: made.audio })
  return [{ name: 'audio', file, durationMs: Math.round(made.durationMs) }]
}

/**
 * Lower qualities, encoded once: each as a file and as HLS segments, as the recording is watched, with the camera in it and without
 * what is cut; none when the recording is too small or has no picture. And its sound alone.
 */
export async function renditions(work: Work): Promise<Made[]> {
  const composition = await readComposition(work)
  const { facts, expected } = composition
  const rungs = (facts.video ? ladder(facts.video) : []).map((rung) => ({
    ...rung,
    file: join(work.dir, `${rung.name}.mp4`),
    fileBytes: sizeLimit(rung, expected.durationMs),
  }))
  const sound = await soundFile(work, composition)
  if (rungs.length === 0) return sound
  await encodeRungs(work, composition, rungs)
  const made: Made[] = []
  for (const rung of rungs) made.push(await finish(work, rung, composition))
  return [...made, ...sound]
}

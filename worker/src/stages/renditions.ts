import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ladder, type Rung } from '@meanwhile/shared/media/ladder'
import { copyRun, decodeRun, fractionOf } from '../ffmpeg/limits.ts'
import * as options from '../ffmpeg/options.ts'
import type { MediaFacts } from '../ffmpeg/probe.ts'
import { fileBytes } from '../file-bytes.ts'
import { indexFragments } from '../fragment-index.ts'
import { fetchOriginal } from '../published.ts'
import { verifyMp4 } from '../verify.ts'
import type { Made, Work } from './stage.ts'

const mebibyte = 1024 ** 2
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

async function finish(work: Work, rung: Rung, file: string, source: MediaFacts): Promise<Made> {
  const { name, width, height } = rung
  const expected = { ...source, video: source.video && { ...source.video, width, height } }
  const made = await verifyMp4(work, file, expected)
  return { name, file, width, height, durationMs: Math.round(made.durationMs), ...(await segmentsOf(work, rung, file, made)) }
}

/** Lower qualities, encoded once: each as a file and as HLS segments. None when the recording is too small or has no picture. */
export async function renditions(work: Work): Promise<Made[]> {
  const { file: source, facts } = await fetchOriginal(work)
  const { durationMs, audio } = facts
  const rungs = (facts.video ? ladder(facts.video) : []).map((rung) => ({
    ...rung,
    file: join(work.dir, `${rung.name}.mp4`),
    fileBytes: ((rung.bitsPerSecond + 320_000) / 8) * (durationMs / 1000) * 2 + 16 * mebibyte,
  }))
  if (rungs.length === 0) return []

  const sound = audio === null ? 'none' : audio.codec === 'aac' ? 'copy' : 'encode'
  const largest = Math.max(...rungs.map(({ fileBytes }) => fileBytes))
  await work.ffmpeg.run(options.renditions(source, rungs, sound, durationMs, work.ffmpeg.timingOption), {
    ...decodeRun(work, durationMs, largest),
    niceness,
    onLine: fractionOf(durationMs, (fraction) => work.onProgress(encodingShare * fraction)),
  })
  const made: Made[] = []
  for (const rung of rungs) made.push(await finish(work, rung, rung.file, facts))
  return made
}

import { join } from 'node:path'
import { type Composition, readComposition } from '../composition.ts'
import { fullQuality, sizeLimit } from '../ffmpeg/coders.ts'
import { soundWithoutCuts } from '../ffmpeg/encode.ts'
import { decodeRun, fractionOf } from '../ffmpeg/limits.ts'
import { verifyMp4 } from '../verify.ts'
import { encodeRungs, verifyRung } from './renditions.ts'
import type { Made, Work } from './stage.ts'

const name = 'download'
const even = (value: number) => Math.max(2, Math.ceil(value / 2) * 2)

async function soundAlone(work: Work, { files: [source = ''], watched, facts, expected }: Composition): Promise<Made> {
  const file = join(work.dir, `${name}.mp4`)
  const { durationMs } = expected
  const caps = { durationMs, fileBytes: sizeLimit({ bitsPerSecond: 0 }, durationMs) }
  await work.ffmpeg.run(soundWithoutCuts(source, watched, file, caps), {
    ...decodeRun(work, facts.durationMs, caps.fileBytes),
    onLine: fractionOf(durationMs, work.onProgress),
  })
  const made = await verifyMp4(work, file, expected)
  return { name, file, durationMs: Math.round(made.durationMs) }
}

function againTheOriginal({ files: [file = ''], facts: { video, durationMs } }: Composition): Made {
  const size = video ? { width: video.width, height: video.height } : {}
  return { name, file, ...size, durationMs: Math.round(durationMs) }
}

/**
 * One file of the recording as it is watched, in full size: the camera in it, the cuts left out. With a camera that is not to be seen and
 * nothing cut, it is the original again.
 */
export async function download(work: Work): Promise<Made[]> {
  const composition = await readComposition(work)
  const { facts, expected, isEdited } = composition
  if (!isEdited) return [againTheOriginal(composition)]
  if (!facts.video) return [await soundAlone(work, composition)]
  const size = { width: even(facts.video.width), height: even(facts.video.height) }
  const quality = fullQuality(size)
  const fileBytes = sizeLimit(quality, expected.durationMs)
  const rung = { name, ...size, ...quality, file: join(work.dir, `${name}.mp4`), fileBytes }
  await encodeRungs(work, composition, [rung])
  const made = await verifyRung(work, rung, composition)
  return [{ name, file: rung.file, ...size, durationMs: Math.round(made.durationMs) }]
}

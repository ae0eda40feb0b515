import { join } from 'node:path'
import { readComposition } from '../composition.ts'
import { StageFailure } from '../failure.ts'
import { quickRun } from '../ffmpeg/limits.ts'
import { previewBytes, preview as previewCommand } from '../ffmpeg/preview.ts'
import { probeFile } from '../ffmpeg/probe.ts'
import { fittedTo } from '../picture-size.ts'
import { secondsToShow } from '../showcase.ts'
import { decodeSome } from '../verify.ts'
import type { Made, Work } from './stage.ts'

const lengthMs = 4_000
const maxWidth = 480

/** Four seconds of the recording as it is watched, small and without sound, to be played where it is listed. */
export async function preview(work: Work): Promise<Made[]> {
  const composition = await readComposition(work, (kept) => secondsToShow(kept, lengthMs))
  const { files, watched, facts } = composition
  const [range] = watched.kept
  if (!facts.video || !range) return []
  const size = fittedTo(maxWidth, facts.video)
  const file = join(work.dir, 'preview.mp4')
  const run = quickRun(work)
  const command = previewCommand(files, watched, [range.fromMs, range.toMs], size, file, work.ffmpeg.timingOption)
  await work.ffmpeg.run(command, { ...run, fileBytes: previewBytes })

  const { video, audio, durationMs } = await probeFile(work.ffmpeg, file, run)
  const isRight = video && !audio && video.width === size.width && video.height === size.height && durationMs <= lengthMs + 500
  if (!isRight) throw new StageFailure('The preview that came out is not right.', { isFinal: false })
  await decodeSome(work, [{ file, fromMs: 0 }], { video, audio })
  return [{ name: 'preview', file, ...size, durationMs: Math.round(durationMs) }]
}

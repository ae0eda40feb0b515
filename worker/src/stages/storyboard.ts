import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StageFailure } from '../failure.ts'
import { decodeRun, fractionOf, quickRun } from '../ffmpeg/limits.ts'
import * as options from '../ffmpeg/options.ts'
import { probeFile } from '../ffmpeg/probe.ts'
import { fetchOriginal } from '../published.ts'
import { layOut, sheetIndex } from '../sprite-sheet.ts'
import type { Made, Work } from './stage.ts'

/** Small pictures for scrubbing: one sheet, and the index that says where each is. Only key frames are decoded. */
export async function storyboard(work: Work): Promise<Made[]> {
  const { file: source, facts } = await fetchOriginal(work)
  if (!facts.video) return []
  const durationMs = Math.round(facts.durationMs)
  const sheet = layOut(facts.video, durationMs)

  const image = join(work.dir, 'storyboard.jpg')
  const run = decodeRun(work, durationMs, 64 * 1024 ** 2)
  await work.ffmpeg.run(options.storyboard(source, sheet, image, work.ffmpeg.timingOption), {
    ...run,
    onLine: fractionOf(durationMs, work.onProgress),
  })
  const size = { width: sheet.columns * sheet.tileWidth, height: sheet.rows * sheet.tileHeight }
  const made = (await probeFile(work.ffmpeg, image, quickRun(work), 'jpeg')).video
  if (made?.width !== size.width || made.height !== size.height)
    throw new StageFailure('The storyboard that came out is not right.', { isFinal: false })

  const index = join(work.dir, 'storyboard.vtt')
  await writeFile(index, sheetIndex(sheet, durationMs, 'storyboard.jpg'))
  return [
    { name: 'storyboard', file: image, ...size },
    { name: 'storyboard-index', file: index },
  ]
}

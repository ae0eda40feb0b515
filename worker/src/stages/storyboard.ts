import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { normalizeCuts } from '@meanwhile/shared/media/cuts'
import { readCuts } from '../composition.ts'
import { StageFailure } from '../failure.ts'
import { decodeRun, fractionOf, quickRun } from '../ffmpeg/limits.ts'
import * as options from '../ffmpeg/options.ts'
import { probeFile } from '../ffmpeg/probe.ts'
import { isThere } from '../file-bytes.ts'
import { fetchOriginal } from '../published.ts'
import { layOut, sheetIndex } from '../sprite-sheet.ts'
import type { Made, Work } from './stage.ts'

/**
 * Small pictures for scrubbing: one sheet, and the index that says where each is, on the recorded clock. Only key frames are decoded, and
 * those that are cut out are not shown; none when there are no others.
 */
export async function storyboard(work: Work): Promise<Made[]> {
  const { file: source, facts } = await fetchOriginal(work)
  if (!facts.video) return []
  const durationMs = Math.round(facts.durationMs)
  const sheet = layOut(facts.video, durationMs)

  const image = join(work.dir, 'storyboard.jpg')
  const run = decodeRun(work, durationMs, 64 * 1024 ** 2)
  const cuts = normalizeCuts(await readCuts(work), durationMs)
  await work.ffmpeg.run(options.storyboard(source, sheet, cuts, image, work.ffmpeg.timingOption), {
    ...run,
    onLine: fractionOf(durationMs, work.onProgress),
  })
  if (cuts.length > 0 && !(await isThere(image))) return []
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

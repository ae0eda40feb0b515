import { join } from 'node:path'
import { keptRanges } from '@meanwhile/shared/media/cuts'
import { readCuts } from '../composition.ts'
import { StageFailure } from '../failure.ts'
import { quickRun } from '../ffmpeg/limits.ts'
import * as options from '../ffmpeg/options.ts'
import { probeFile, standingFrames } from '../ffmpeg/probe.ts'
import { isThere } from '../file-bytes.ts'
import { type Part, partsOf, readLedger, type Stretch } from '../ledger.ts'
import { fittedTo } from '../picture-size.ts'
import { fetchOriginal } from '../published.ts'
import { momentToShow } from '../showcase.ts'
import { assemble } from '../source.ts'
import type { Made, Work } from './stage.ts'

const maxWidth = 1280

/** The segments that hold what is seen from the start until a second after `ms`. */
export function partsUntil({ parts }: Pick<Stretch, 'parts'>, ms: number): Part[] {
  let startMs = 0
  return parts.filter(({ durationMs }) => {
    const isNeeded = startMs <= ms + 1_000
    startMs += durationMs
    return isNeeded
  })
}

/** The beginning of a recording as a file: its first segments, however long it is. */
async function fetchBeginning({ storage, videoId, dir, signal }: Work, stretch: Stretch | undefined, untilMs: number) {
  const file = join(dir, 'start.mp4')
  const parts = stretch ? partsOf({ init: stretch.init, parts: partsUntil(stretch, untilMs) }) : []
  await assemble(storage, videoId, parts, file, signal)
  return file
}

/** A still of what is watched first: at one second, or at a tenth of what is shorter. Nothing that is cut out is on it. */
export async function poster(work: Work): Promise<Made[]> {
  const { main } = await readLedger(work.db, work.videoId)
  const kept = keptRanges(await readCuts(work), main.durationMs)
  if (kept.length === 0) throw new StageFailure('Everything is cut out: there is nothing left to show.', { isFinal: true })
  const { atMs, range } = momentToShow(kept)
  const isBeginning = range[0] === 0
  const source = isBeginning ? await fetchBeginning(work, main.stretches[0], atMs) : (await fetchOriginal(work)).file
  const run = { ...quickRun(work), fileBytes: 32 * 1024 ** 2 }
  const { video } = await probeFile(work.ffmpeg, source, run)
  if (!video) return []

  const file = join(work.dir, 'poster.jpg')
  const size = fittedTo(maxWidth, video)
  // A picture that stands still may have no frame after that moment: then it is the one that stands there.
  const [standing] = await standingFrames(work.ffmpeg, source, [atMs], run)
  for (const fromMs of [atMs, Math.max(0, (standing ?? range[0]) - 1)])
    if (!(await isThere(file)))
      await work.ffmpeg.run(options.poster(source, [fromMs, range[1]], size, file, work.ffmpeg.timingOption), run)
  if (!(await isThere(file))) throw new StageFailure('No picture came out of the recording.', { isFinal: false })
  const made = (await probeFile(work.ffmpeg, file, run, 'jpeg')).video
  if (!made || made.width === 0) throw new StageFailure('The poster that came out cannot be read.', { isFinal: false })
  return [{ name: 'poster', file, width: made.width, height: made.height }]
}

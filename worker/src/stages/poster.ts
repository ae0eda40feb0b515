import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { StageFailure } from '../failure.ts'
import { quickRun } from '../ffmpeg/limits.ts'
import * as options from '../ffmpeg/options.ts'
import { probeFile } from '../ffmpeg/probe.ts'
import { type Part, partsOf, readLedger, type Stretch } from '../ledger.ts'
import { assemble } from '../source.ts'
import type { Made, Work } from './stage.ts'

const maxWidth = 1280
const even = (value: number) => Math.max(2, Math.round(value / 2) * 2)

/** At most 1280 wide, never enlarged. */
export function posterSize({ width, height }: { width: number; height: number }) {
  const scale = Math.min(1, maxWidth / width)
  return { width: even(width * scale), height: even(height * scale) }
}

/** The segments that hold what is seen from the start until a second after `ms`. */
export function partsUntil({ parts }: Pick<Stretch, 'parts'>, ms: number): Part[] {
  let startMs = 0
  return parts.filter(({ durationMs }) => {
    const isNeeded = startMs <= ms + 1_000
    startMs += durationMs
    return isNeeded
  })
}

async function isThere(file: string) {
  return stat(file).then(
    ({ size }) => size > 0,
    () => false,
  )
}

/** A still at one second, or at a tenth of what is shorter. It needs only the first segments, however long the recording is. */
export async function poster(work: Work): Promise<Made[]> {
  const { main } = await readLedger(work.db, work.videoId)
  const atMs = Math.min(1_000, main.durationMs / 10)
  const source = join(work.dir, 'start.mp4')
  const [first] = main.stretches
  const parts = first ? partsOf({ init: first.init, parts: partsUntil(first, atMs) }) : []
  await assemble(work.storage, work.videoId, parts, source, work.signal)
  const run = { ...quickRun(work), fileBytes: 32 * 1024 ** 2 }
  const { video } = await probeFile(work.ffmpeg, source, run)
  if (!video) return []

  const file = join(work.dir, 'poster.jpg')
  // A picture that stands still may have no frame after that moment.
  for (const fromMs of [atMs, 0])
    if (!(await isThere(file)))
      await work.ffmpeg.run(options.poster(source, fromMs, posterSize(video), file, work.ffmpeg.timingOption), run)
  if (!(await isThere(file))) throw new StageFailure('No picture came out of the recording.', { isFinal: false })
  const made = (await probeFile(work.ffmpeg, file, run, 'jpeg')).video
  if (!made || made.width === 0) throw new StageFailure('The poster that came out cannot be read.', { isFinal: false })
  return [{ name: 'poster', file, width: made.width, height: made.height }]
}

import { join } from 'node:path'
import { spanOf } from '@meanwhile/shared/media/cmaf'
import { StageFailure } from '../failure.ts'
import type { Work } from '../stages/stage.ts'
import { decodeSome } from '../verify.ts'
import type { Plan } from './plan.ts'
import { pieceOf, type Segments } from './segments.ts'

/** When something is first and last shown or heard, in ms; null when there is nothing of that kind. */
export type Extent = { startMs: number; endMs: number } | null
export type Extents = { picture: Extent; sound: Extent }

const startToleranceMs = 100
const lengthToleranceMs = 1_000

const wrong = (what: string) => new StageFailure(`What came out of the file is not right: ${what}.`, { isFinal: false })
const whole = (ms: number) => `${Math.round(ms)} ms`

/** When what is in all segments together is shown. */
export function extentOf({ init, shifts, fragments }: Segments, kind: 'video' | 'audio'): Extent {
  const track = init.tracks.find((each) => each.kind === kind)
  if (!track) return null
  const earlierMs = ((shifts.get(track.trackId) ?? 0) / track.timescale) * 1000
  let extent: Extent = null
  for (const { runs } of fragments) {
    const span = runs && spanOf(init, { runs }, kind)
    if (!span || span.durationMs === 0) continue
    const startMs = span.startMs - earlierMs
    const endMs = startMs + span.durationMs
    extent = extent ? { startMs: Math.min(extent.startMs, startMs), endMs: Math.max(extent.endMs, endMs) } : { startMs, endMs }
  }
  return extent
}

/** The first thing in which the result differs from what was planned, as a sentence; null when it is right. */
export function differenceFromPlan({ picture, sound }: Pick<Plan, 'picture' | 'sound'>, made: Extents): string | null {
  for (const [name, planned, extent] of [
    ['picture', picture, made.picture],
    ['sound', sound, made.sound],
  ] as const) {
    if (!planned !== !extent) return planned ? `its ${name} is missing` : `it has ${name}`
    if (!planned || !extent) continue
    if (Math.abs(extent.startMs - planned.startMs) > startToleranceMs)
      return `its ${name} begins at ${whole(extent.startMs)} instead of ${whole(planned.startMs)}`
    const offMs = extent.endMs - planned.endMs
    if (Math.abs(offMs) > Math.max(lengthToleranceMs, planned.endMs / 100))
      return `its ${name} ends at ${whole(extent.endMs)} instead of ${whole(planned.endMs)}`
  }
  return null
}

/**
 * Looks at the segments before anybody gets them: their length against that of the file, and whether the first, the middle and the
 * last can be decoded. @throws {StageFailure} when they are not as planned
 */
export async function checkSegments(work: Work, segments: Segments, plan: Plan): Promise<void> {
  const difference = differenceFromPlan(plan, { picture: extentOf(segments, 'video'), sound: extentOf(segments, 'audio') })
  if (difference) throw wrong(difference)
  const [init, ...media] = segments.fragments
  const pieces = []
  for (const index of new Set([0, Math.floor(media.length / 2), media.length - 1])) {
    const [fragment, file] = [media[index], join(work.dir, `piece-${index}.mp4`)]
    if (!init || !fragment) continue
    await pieceOf(segments.file, [init, fragment], file)
    pieces.push({ file, fromMs: 0 })
  }
  await decodeSome(work, pieces, { video: plan.picture, audio: plan.sound })
}

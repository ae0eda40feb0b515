import { timeCode } from '@meanwhile/shared/media/time-code'
import { type Clock, isCut, watchOfRecorded } from '../player/clock.ts'
import { isWithheld, type ShownComment } from './preview.ts'
import { say } from './words.ts'

/** A comment on the timeline, from `atMs` of watching to `endMs`, where it is about a range; `recordedMs` is what it is about. */
export type Mark = {
  id: string
  atMs: number
  endMs: number | null
  recordedMs: number
  label: string
  author: string
  text: string
}

type Markable = Pick<ShownComment, 'id' | 'parentId' | 'atMs' | 'endMs' | 'text' | 'deleted' | 'hidden' | 'drawing' | 'video'> & {
  author: { name: string }
}

/** What a recorded moment is called where it is watched. */
export function momentOf({ atMs, endMs }: { atMs: number; endMs: number | null }, clock: Clock): string {
  const from = timeCode(watchOfRecorded(clock, atMs))
  return endMs === null ? from : `${from}–${timeCode(watchOfRecorded(clock, endMs))}`
}

/**
 * The marks of comments that are about a moment one can watch; replies share the one of what they answer, and what this
 * viewer may not read has none.
 */
export const marksOf = (comments: readonly Markable[], clock: Clock): Mark[] =>
  comments.flatMap((comment) => {
    const { id, parentId, atMs: recordedMs, endMs, author, text, deleted } = comment
    if (recordedMs === null || parentId !== null || deleted || isWithheld(comment) || isCut(clock, recordedMs)) return []
    const atMs = watchOfRecorded(clock, recordedMs)
    const label = say('mark', { person: author.name, moment: momentOf({ atMs: recordedMs, endMs }, clock) })
    return [
      { id, atMs, endMs: endMs === null ? null : watchOfRecorded(clock, endMs), recordedMs, author: author.name, text, label },
    ]
  })

const lanes = 3

/** Whether so many marks, each `markPx` wide, would cover a timeline of `widthPx`, in CSS pixels, whatever their lanes. */
export const areDense = (count: number, markPx: number, widthPx: number): boolean => count * markPx > lanes * widthPx

/**
 * The lane of each moment, so that marks closer than `gapMs` stand above each other, not on each other: the lowest lane
 * that is free there, or the one that has been free the longest when all are taken.
 */
export function lanesOf(moments: readonly number[], gapMs: number): number[] {
  const lastIn: number[] = Array.from({ length: lanes }, () => Number.NEGATIVE_INFINITY)
  const result: number[] = moments.map(() => 0)
  for (const index of moments.map((_, at) => at).toSorted((a, b) => moments[a]! - moments[b]!)) {
    const atMs = moments[index]!
    const free = lastIn.findIndex((last) => atMs - last >= gapMs)
    const lane = free >= 0 ? free : lastIn.indexOf(Math.min(...lastIn))
    lastIn[lane] = atMs
    result[index] = lane
  }
  return result
}

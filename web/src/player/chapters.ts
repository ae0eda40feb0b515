import type { Chapter } from '@meanwhile/shared/contract/edits'
import { type Clock, watchOfRecorded } from './clock.ts'

/** A chapter as it is watched; `index` is its place among the stored ones. */
export type ShownChapter = { index: number; title: string; watchMs: number }

/**
 * The chapters that can be watched, in order. One whose beginning is cut away begins where the cut is; of those that
 * begin there together only the last one has anything left.
 */
export function shownChapters(chapters: readonly Chapter[], clock: Clock, durationMs: number): ShownChapter[] {
  return chapters
    .map(({ atMs, title }, index) => ({ index, title, watchMs: watchOfRecorded(clock, atMs) }))
    .toSorted((a, b) => a.watchMs - b.watchMs)
    .filter(({ watchMs }, at, all) => watchMs < durationMs && all[at + 1]?.watchMs !== watchMs)
}

/** The chapter that a moment belongs to. */
export const chapterAt = (chapters: readonly ShownChapter[], ms: number): ShownChapter | undefined =>
  chapters.findLast(({ watchMs }) => watchMs <= ms)

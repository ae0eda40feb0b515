import { expect, test } from 'vitest'
import { chapterAt, shownChapters } from './chapters.ts'
import { clockOf } from './clock.ts'

const chapters = [
  { atMs: 0, title: 'Hello' },
  { atMs: 12_000, title: 'Plan' },
  { atMs: 14_000, title: 'Money' },
  { atMs: 50_000, title: 'Bye' },
]
const shown = (cuts: [number, number][], durationMs: number) =>
  shownChapters(chapters, clockOf({ cuts, recordedMs: 60_000 }, false), durationMs).map(
    ({ title, watchMs }) => `${title} ${watchMs}`,
  )

test('without cuts chapters are where they were recorded', () => {
  expect(shown([], 60_000)).toEqual(['Hello 0', 'Plan 12000', 'Money 14000', 'Bye 50000'])
})

test('a chapter whose beginning is cut away begins behind the cut; one that is gone altogether is not shown', () => {
  expect(shown([[0, 20_000]], 40_000)).toEqual(['Money 0', 'Bye 30000'])
  expect(shown([[40_000, 60_000]], 40_000)).toEqual(['Hello 0', 'Plan 12000', 'Money 14000'])
})

test('every moment belongs to the chapter before it', () => {
  const all = shownChapters(chapters, clockOf({ cuts: [], recordedMs: 60_000 }, false), 60_000)
  expect([0, 13_000, 59_000].map((ms) => chapterAt(all, ms)?.title)).toEqual(['Hello', 'Plan', 'Bye'])
  expect(chapterAt([], 5)).toBeUndefined()
})

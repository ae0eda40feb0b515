import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalizeCuts, type Range } from './cuts.ts'
import { coarsened, isCaughtUp, isView, lengthOf, union, without } from './intervals.ts'

const endMs = 60
const range = fc.tuple(fc.nat(endMs), fc.nat(endMs)).map(([a, b]): Range => [Math.min(a, b), Math.max(a, b)])
const ranges = fc.array(range, { maxLength: 12 })
const holds = (some: readonly Range[], ms: number) => some.some(([from, to]) => from <= ms && ms < to)
const everyMs = Array.from({ length: endMs + 1 }, (_, ms) => ms)
const isMerged = (some: readonly Range[]) => some.every(([from, to], index) => from < to && from > (some[index - 1]?.[1] ?? -1))

test('a union holds what either holds, merged, in whatever order it comes', () => {
  fc.assert(
    fc.property(ranges, ranges, (a, b) => {
      const both = union(a, b)
      expect(isMerged(both)).toBe(true)
      for (const ms of everyMs) expect(holds(both, ms)).toBe(holds(a, ms) || holds(b, ms))
      expect(union(b, a)).toEqual(both)
      expect(union(both, b)).toEqual(both)
      expect(lengthOf(both)).toBe(everyMs.filter((ms) => holds(both, ms)).length)
    }),
  )
})

test('what is left without some ranges holds nothing of them and everything else', () => {
  fc.assert(
    fc.property(ranges, ranges, (a, b) => {
      const left = without(normalizeCuts(a), b)
      expect(isMerged(left)).toBe(true)
      for (const ms of everyMs) expect(holds(left, ms)).toBe(holds(a, ms) && !holds(b, ms))
    }),
  )
})

test('coarsened ranges hold all that was given, are as few as asked, and close the smallest gaps', () => {
  fc.assert(
    fc.property(ranges, fc.integer({ min: 1, max: 6 }), (some, max) => {
      const merged = normalizeCuts(some)
      const few = coarsened(merged, max)
      expect(few.length).toBe(Math.min(max, merged.length))
      expect(isMerged(few)).toBe(true)
      for (const ms of everyMs) if (holds(merged, ms)) expect(holds(few, ms)).toBe(true)
      const gaps = (of: readonly Range[]) => of.slice(1).map(([from], index) => from - (of[index]?.[1] ?? 0))
      const kept = gaps(few).sort((a, b) => b - a)
      expect(kept).toEqual(
        gaps(merged)
          .sort((a, b) => b - a)
          .slice(0, kept.length),
      )
    }),
  )
})

test('a view counts after 5 s, or 75 % of something shorter', () => {
  expect([isView(4_999, 60_000), isView(5_000, 60_000)]).toEqual([false, true])
  expect([isView(1_499, 2_000), isView(1_500, 2_000)]).toEqual([false, true])
  expect([isView(4_999, null), isView(5_000, null)]).toEqual([false, true])
})

test('who has seen 75 % of what is watched has caught up; of what is still recorded nobody has', () => {
  expect([isCaughtUp(44_999, 60_000), isCaughtUp(45_000, 60_000), isCaughtUp(45_000, null)]).toEqual([false, true, false])
})

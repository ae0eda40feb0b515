import { expect, test } from 'vitest'
import { leftOf } from './limit.ts'

test.each([
  [0, { leftMs: 60_000, graceSeconds: null, isSoon: false, isOver: false }],
  [49_900, { leftMs: 11_000, graceSeconds: null, isSoon: false, isOver: false }],
  [50_000, { leftMs: 10_000, graceSeconds: null, isSoon: true, isOver: false }],
  [59_999, { leftMs: 1_000, graceSeconds: null, isSoon: true, isOver: false }],
  [60_000, { leftMs: 0, graceSeconds: 10, isSoon: true, isOver: false }],
  [69_500, { leftMs: 0, graceSeconds: 1, isSoon: true, isOver: false }],
  [70_000, { leftMs: 0, graceSeconds: 0, isSoon: true, isOver: true }],
])('after %s ms of a minute', (elapsedMs, left) => {
  expect(leftOf(elapsedMs, 60_000)).toEqual(left)
})

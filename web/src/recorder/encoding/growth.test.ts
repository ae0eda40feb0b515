import { expect, test } from 'vitest'
import { growthOf } from './growth.ts'

const [small, large, upright] = [
  { width: 800, height: 600 },
  { width: 1920, height: 1080 },
  { width: 720, height: 1280 },
]
/** What is answered to sizes that arrive each half a second. */
const seen = (sizes: (typeof small)[]) => {
  const growth = growthOf(small)
  return sizes.map((size, index) => growth(size, index * 500))
}

test('a window that is maximised is recorded in its new size once it has kept that for a second', () => {
  expect(seen([small, large, large, large, large])).toEqual([null, null, null, large, null])
})

test('nothing begins anew while an edge is dragged', () => {
  const dragged = [900, 1000, 1100, 1200, 1300].map((width) => ({ width, height: 600 }))
  expect(seen(dragged)).toEqual(dragged.map(() => null))
})

test('what gets smaller, or hardly larger, goes on in the size it has', () => {
  const [less, hardly] = [
    { width: 400, height: 600 },
    { width: 850, height: 620 },
  ]
  expect(seen([less, less, less, hardly, hardly, hardly])).toEqual(Array(6).fill(null))
})

test('a telephone that is turned, and turned back', () => {
  const growth = growthOf(large)
  const at = (size: typeof small, atMs: number) => growth(size, atMs)
  expect([at(upright, 0), at(upright, 1000), at(large, 1500), at(large, 2500)]).toEqual([null, upright, null, large])
})

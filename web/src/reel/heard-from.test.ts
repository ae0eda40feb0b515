import { expect, test } from 'vitest'
import { heardFrom, heardOf } from './heard-from.ts'

const items = ['a', null, 'b', null, 'c', null].map((videoId) => ({ videoId }))

test('a walk begins with what can be heard at or after the place, and at the beginning behind the last', () => {
  expect(items.map((_, index) => heardFrom(items, index))).toEqual([0, 1, 1, 2, 2, 0])
  expect(heardFrom(items, items.length)).toBe(0)
  expect(heardFrom([], 0)).toBe(0)
  expect(heardOf(items).map(({ videoId }) => videoId)).toEqual(['a', 'b', 'c'])
})
